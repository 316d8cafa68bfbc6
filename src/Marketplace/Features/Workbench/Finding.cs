namespace Zweizeiler.Marketplace.Features.Workbench;

/// <summary>Something that a check found in what is about to be delivered.</summary>
/// <param name="Code">Which check.</param>
/// <param name="Detail">The place or word it is about; may be empty.</param>
/// <param name="Blocks">Errors block; warnings can be confirmed with a reason.</param>
public sealed record Finding(string Code, string Detail, bool Blocks)
{
    public const string Empty = "empty";
    public const string Untranslated = "untranslated";
    public const string NumberMissing = "number_missing";
    public const string PlaceholderMissing = "placeholder_missing";
    public const string TooLong = "too_long";
    public const string TermMissing = "term_missing";
    public const string TermForbidden = "term_forbidden";
    public const string TooManyLines = "too_many_lines";
    public const string BackGlossEmpty = "back_gloss_empty";
    public const string GistEmpty = "gist_empty";
    public const string MoodEmpty = "mood_empty";
    public const string NextStepEmpty = "next_step_empty";
    public const string OutcomeMissing = "outcome_missing";
    public const string MinutesWrong = "minutes_wrong";
    public const string AttemptsWrong = "attempts_wrong";
    public const string TooFewAttempts = "too_few_attempts";
    public const string ReportEmpty = "report_empty";
    public const string SentenceUntranslated = "sentence_untranslated";
    public const string LinkMissing = "link_missing";
    public const string CodeMissing = "code_missing";
    public const string PlaceholderUnknown = "placeholder_unknown";
    public const string Bracket = "bracket";
    public const string DoubleSpace = "double_space";
    public const string DoubleWord = "double_word";
    public const string EndPunctuation = "end_punctuation";
    public const string TooInformal = "too_informal";
    public const string TooFormal = "too_formal";
    public const string NameMissing = "name_missing";
    public const string MayPromise = "may_promise";
    public const string MustSayMissing = "must_say_missing";
    public const string Spelling = "spelling";

    /// <summary>Where it is in the field, in UTF-16 code units; null if something is missing rather than wrong.</summary>
    public int? Start { get; init; }

    public int? Length { get; init; }

    /// <summary>For a number what it is (<see cref="Amount"/> or <see cref="Date"/>), for a promise what was not to be promised.</summary>
    public string? About { get; init; }

    public const string Amount = "amount";
    public const string Date = "date";

    /// <summary>Whether it only says that something has not been written yet: told at delivery, not while writing.</summary>
    public bool IsOnlyUnfinished => Code is Empty or BackGlossEmpty or GistEmpty or MoodEmpty or NextStepEmpty or OutcomeMissing or MinutesWrong or AttemptsWrong or ReportEmpty;

    /// <summary>Names the finding in a form.</summary>
    public string Key => $"{Code}:{Detail}";

    /// <summary>The field of the form that it is about.</summary>
    public string Field
    {
        get => field ?? Code switch
        {
            BackGlossEmpty => "back-gloss",
            GistEmpty => "gist",
            MoodEmpty => "mood",
            NextStepEmpty => "next-step",
            OutcomeMissing => "outcome",
            MinutesWrong => "minutes",
            AttemptsWrong or TooFewAttempts => "attempts",
            ReportEmpty => "report",
            _ => "text",
        };
        init;
    }
}

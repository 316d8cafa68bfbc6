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

    /// <summary>Names the finding in a form.</summary>
    public string Key => $"{Code}:{Detail}";

    /// <summary>The field of the form that it is about.</summary>
    public string Field => Code switch
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
}

namespace Zweizeiler.Client;

/// <summary>A word between you and a translator.</summary>
/// <param name="Id"><c>msg_…</c></param>
/// <param name="From"><c>merchant</c> or <c>translator</c>.</param>
/// <param name="Text">What was written.</param>
/// <param name="Question">Whether it asks for an answer.</param>
/// <param name="Answers">The question that it answers, if any.</param>
/// <param name="Translator">Who wrote it; null if you did.</param>
/// <param name="SentAt">When.</param>
public sealed record JobMessage(
    string Id, string From, string Text, bool Question, string? Answers, JobTranslator? Translator, DateTimeOffset SentAt);

/// <summary>A word to the translator.</summary>
/// <param name="Text">What you want to say.</param>
/// <param name="Answers">The question that it answers, <c>msg_…</c>, if it answers one.</param>
public sealed record NewMessage(string Text, string? Answers = null);

/// <summary>What is wrong with a delivery: for a revision, a rejection or a complaint.</summary>
/// <param name="Reason">One of <see cref="ObjectionReason"/>.</param>
/// <param name="Note">What is wrong, in your words; the translator reads it.</param>
/// <param name="Passages">Which places of the delivered text are meant; a rejection needs at least one.</param>
public sealed record Objection(string? Reason = null, string? Note = null, IReadOnlyList<Passage>? Passages = null);

/// <summary>What can be wrong with a delivery.</summary>
public static class ObjectionReason
{
    /// <summary>It says something else than the source.</summary>
    public const string Meaning = "meaning";

    /// <summary>Something is missing.</summary>
    public const string Omission = "omission";

    /// <summary>Grammar, spelling or idiom.</summary>
    public const string Language = "language";

    /// <summary>A term is not the one of your trade or glossary.</summary>
    public const string Terminology = "terminology";

    /// <summary>It does not sound as it should.</summary>
    public const string Tone = "tone";

    /// <summary>It does not do what the brief says.</summary>
    public const string Brief = "brief";

    /// <summary>Something else; say it in the note.</summary>
    public const string Other = "other";
}

/// <summary>A place in the delivered text, in UTF-16 code units as .NET strings have them.</summary>
/// <param name="Start">Offset of the first character, from 0.</param>
/// <param name="End">Offset after the last character.</param>
/// <param name="Note">What is wrong with it.</param>
public sealed record Passage(int Start, int End, string? Note = null);

/// <summary>A complaint about an accepted delivery, and what became of it.</summary>
/// <param name="Id"><c>cmp_…</c></param>
/// <param name="State"><c>open</c>, <c>corrected</c>, <c>contested</c>, <c>satisfied</c>, <c>credited</c> or <c>dismissed</c>.</param>
/// <param name="Reason">One of <see cref="ObjectionReason"/>.</param>
/// <param name="Note">What you wrote.</param>
/// <param name="Passages">Which places are meant.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="CorrectionDueAt">Until when a corrected delivery can come; afterwards what the job cost is credited.</param>
/// <param name="DecidedAt">When it was over.</param>
public sealed record Complaint(
    string Id,
    string State,
    string Reason,
    string? Note,
    IReadOnlyList<Passage> Passages,
    DateTimeOffset ReceivedAt,
    DateTimeOffset CorrectionDueAt,
    DateTimeOffset? DecidedAt);

/// <summary>A complaint as a job shows it.</summary>
/// <param name="Id"><c>cmp_…</c></param>
/// <param name="State">As in <see cref="Complaint"/>.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="CorrectionDueAt">Until when a corrected delivery can come.</param>
public sealed record JobComplaint(string Id, string State, DateTimeOffset ReceivedAt, DateTimeOffset CorrectionDueAt);

internal sealed record ComplaintClosing(bool Satisfied, string? Note);

/// <summary>The body of a POST that has nothing to say.</summary>
internal sealed record Nothing;

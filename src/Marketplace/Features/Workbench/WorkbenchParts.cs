using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.Workbench;

/// <summary>The parts of a draft under the names that the editor's fields have.</summary>
public static class WorkbenchParts
{
    /// <summary>The names of the fields of a form that hold words.</summary>
    private static readonly string[] Fields = ["Text", "BackGloss", "Gist", "Mood", "NextStep", "Report", "Note"];

    /// <summary>For the script, which names fields by <c>data-part</c>.</summary>
    public static IReadOnlyDictionary<string, string> ByName(DraftContent draft) => new Dictionary<string, string>
    {
        ["text"] = draft.Text,
        ["note"] = draft.Note ?? "",
        ["backGloss"] = draft.BackGloss ?? "",
        ["gist"] = draft.Summary?.Gist ?? "",
        ["mood"] = draft.Summary?.Mood ?? "",
        ["nextStep"] = draft.Summary?.NextStep ?? "",
        ["outcome"] = draft.Call?.Outcome ?? "",
        ["minutes"] = draft.Call?.Minutes ?? "",
        ["attempts"] = draft.Call?.Attempts ?? "",
        ["report"] = draft.Call?.Report ?? "",
    };

    /// <summary>What there is of a draft, with the words before each part and the language that it is in.</summary>
    public static IEnumerable<(string Label, string Words, string Language)> ToRead(Job job, DraftContent draft, Reader reader)
    {
        var (w, own) = (reader.W, job.MerchantLanguage);
        (string Label, string? Words, string Language)[] parts =
        [
            (w.YourText, draft.Text, job.Target),
            (w.BackGloss, draft.BackGloss, own),
            (w.Gist, draft.Summary?.Gist, own),
            (w.MoodOfMessage, draft.Summary?.Mood, own),
            (w.NextStep, draft.Summary?.NextStep, own),
            (w.Outcome, draft.Call is { } call ? w.CallOutcomes.GetValueOrDefault(call.Outcome) : null, w.Locale),
            (w.MinutesSpoken, draft.Call?.Minutes, w.Locale),
            (w.AttemptsMade, draft.Call?.Attempts, w.Locale),
            (w.CallReport, draft.Call?.Report, own),
            (w.YourNote, draft.Note, own),
        ];
        return parts.Where(p => !string.IsNullOrWhiteSpace(p.Words)).Select(p => (p.Label, p.Words!, p.Language));
    }

    /// <summary>All words of a form that could not be taken, to be given back.</summary>
    public static string Words(IFormCollection? form) =>
        form is null ? "" : string.Join("\n\n", Fields.Select(f => form[f].ToString()).Where(words => !string.IsNullOrWhiteSpace(words)));
}

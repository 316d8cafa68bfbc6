using Microsoft.AspNetCore.Mvc;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Memory;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Marketplace.Features.Workbench;

/// <summary>What helps while writing: checks, earlier texts of the same merchant, the case, terms.</summary>
public sealed partial class WorkbenchPage
{
    [BindProperty]
    public string? TermSource { get; set; }

    [BindProperty]
    public string? TermTarget { get; set; }

    /// <summary>What is looked for in earlier texts.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Find { get; set; }

    public string? TermError { get; private set; }

    public IReadOnlyList<Suggestion> Suggestions { get; private set; } = [];

    public IReadOnlyList<MemoryPair> Found { get; private set; } = [];

    public IReadOnlyList<EarlierJob> Earlier { get; private set; } = [];

    /// <summary>From the version before the last to the last one, when there is something to revise.</summary>
    public IReadOnlyList<DiffPart> Changes { get; private set; } = [];

    /// <summary>Whether the page shows findings while she writes, or those that held up a delivery.</summary>
    public bool IsWriting { get; private set; }

    public bool HasMemory => Job.Kind == JobKinds.Translation;

    /// <summary>Looks at what is written so far; nothing is saved.</summary>
    public async Task<IActionResult> OnPostCheckAsync(string id, [FromServices] LookOver lookOver, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse("job", id, out var jobId)
            || await writing.FindAsync(Me, jobId, cancellationToken) is not { Job: var job }
            || await texts.ContentAsync(job, cancellationToken) is not { } source)
        {
            return NotFound();
        }

        (Job, IsWriting) = (job, true);
        Findings = await lookOver.WhileWritingAsync(job, source, Written(), cancellationToken);
        Because = BecauseOf(Request.Form);
        return Partial("_Findings", this);
    }

    /// <summary>The concordance, for the script.</summary>
    public async Task<IActionResult> OnGetFindAsync(string id, [FromServices] MerchantMemory memory, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse("job", id, out var jobId) || await writing.FindAsync(Me, jobId, cancellationToken) is not { Job: var job })
        {
            return NotFound();
        }

        Job = job;
        Found = await memory.FindAsync(job, Find, cancellationToken);
        return Partial("_Found", this);
    }

    /// <summary>Notes a term for the merchant's jobs of this pair; what has been written is saved first.</summary>
    public async Task<IActionResult> OnPostAddTermAsync(string id, [FromServices] MerchantMemory memory, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse("job", id, out var jobId) || await writing.FindAsync(Me, jobId, cancellationToken) is not { Job: var job })
        {
            return NotFound();
        }

        var saved = await saveDraft.RunAsync(Me, jobId, Written(), Version, cancellationToken);
        if (saved is { Other: { } other })
        {
            (Other, Version, SavedAt) = (other, saved.Version, saved.SavedAt);
        }

        var (source, target) = ((TermSource ?? "").Trim(), (TermTarget ?? "").Trim());
        if (source.Length is 0 or > AddedTerm.LongestTerm || target.Length is 0 or > AddedTerm.LongestTerm)
        {
            TermError = reader.Say(reader.W.TermError, reader.Number(AddedTerm.LongestTerm));
        }
        else
        {
            await memory.AddTermAsync(Me, job, new MemoryPair(source, target), cancellationToken);
            if (Other is null)
            {
                this.Notice(reader.Say(reader.W.TermAdded, source));
                return LocalRedirect($"/portal/work/{id}");
            }
        }

        ModelState.Clear();
        return await LoadAsync(id, withDraft: false, cancellationToken) ?? Page();
    }

    private async Task LoadHelpAsync(CancellationToken cancellationToken)
    {
        if (Source is null)
        {
            return;
        }

        var services = HttpContext.RequestServices;
        var memory = services.GetRequiredService<MerchantMemory>();
        Suggestions = await memory.SuggestAsync(Job, Source, cancellationToken);
        Earlier = await services.GetRequiredService<CaseThread>().ReadAsync(Job, cancellationToken);
        Found = await memory.FindAsync(Job, Find, cancellationToken);
        var noted = await memory.TermsAsync(Job, Source.Terms, cancellationToken);
        Source = Source with { Terms = [.. Source.Terms ?? [], .. noted.Select(t => t with { Note = reader.W.TermNoted })] };
        Changes = await objections.ChangesAsync(Job, cancellationToken) is ({ } before, { } after) ? WordDiff.Compare(before, after) : [];
    }

    private static Dictionary<string, string> BecauseOf(IFormCollection form) => form
        .Where(f => f.Key.StartsWith(BecausePrefix, StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(f.Value))
        .ToDictionary(f => f.Key[BecausePrefix.Length..], f => f.Value.ToString().Trim(), StringComparer.Ordinal);
}

using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Features.Memory;
using Zweizeiler.Marketplace.Features.Reviews;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Features.Workbench;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Marketplace.Features.Cat;

/// <summary>A job as files for a translator's own tools, and back into her draft. Only for whoever writes at it, as the workbench.</summary>
[Authorize(Policy = Policies.Translator)]
public sealed class CatFilesPage(
    MarketplaceDbContext db, JobTextReader texts, Writing writing, SaveDraft saveDraft, LookOver lookOver, MerchantMemory memory, Reader reader) : PageModel
{
    public CatWords Words { get; } = CatWords.Of(reader.Locale);

    public Job Job { get; private set; } = null!;

    public string Id => PublicId.Format("job", Job.Id);

    /// <summary>A translation has a text that can be cut into sentences, and a memory; a reply has terms only.</summary>
    public bool IsTranslation => Job.Kind == JobKinds.Translation;

    public int Version { get; private set; }

    public IReadOnlyList<CatFinding> Findings { get; private set; } = [];

    public bool IsConflict { get; private set; }

    private JobContent Source { get; set; } = null!;

    private DraftContent? Draft { get; set; }

    private Guid Me => User.TranslatorId();

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken) =>
        await LoadAsync(id, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnGetXliffAsync(string id, CancellationToken cancellationToken) =>
        await LoadAsync(id, cancellationToken) && IsTranslation
            ? AsFile(Xliff.Write(Id, (Job.Source, Job.Target), SourceText.Own(Source.Text), Draft?.Text ?? "", Source.Brief), Xliff.MediaType, "xlf")
            : NotFound();

    public async Task<IActionResult> OnGetMemoryAsync(string id, CancellationToken cancellationToken) =>
        await LoadAsync(id, cancellationToken) && IsTranslation
            ? AsFile(Tmx.Write((Job.Source, Job.Target), await memory.AllAsync(Job, cancellationToken)), Tmx.MediaType, "tmx")
            : NotFound();

    public async Task<IActionResult> OnGetTermsAsync(string id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        var noted = await memory.TermsAsync(Job, Source.Terms, cancellationToken);
        return AsFile(Tbx.Write(Id, Job.Source, Job.Target, [.. Source.Terms ?? [], .. noted]), Tbx.MediaType, "tbx");
    }

    /// <summary>Takes a file over into the draft, whole or not at all. The version is that of the draft as this page showed it.</summary>
    public async Task<IActionResult> OnPostAsync(string id, IFormFile? file, int version, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken) || !IsTranslation)
        {
            return NotFound();
        }

        // Also a corrected file replaces only what she has seen.
        Version = version;
        var read = XliffReader.Read(
            await BytesAsync(file, cancellationToken), Id, (Job.Source, Job.Target), SourceText.Own(Source.Text), SaveDraft.LongestText);
        if (read.Findings.Count > 0)
        {
            Findings = read.Findings;
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var written = Draft is { } draft ? draft with { Text = read.Text } : new DraftContent(read.Text, null);
        if (await saveDraft.RunAsync(Me, Job.Id, written, version, cancellationToken) is not { } saved)
        {
            return NotFound();
        }

        if (saved.Other is not null)
        {
            (IsConflict, Version) = (true, saved.Version);
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }

        var remarks = (await lookOver.WhileWritingAsync(Job, Source, written, cancellationToken)).Count;
        this.Notice(
            (read.Missing > 0 ? reader.Say(Words.TakenPartly, reader.Number(read.Missing), reader.Number(read.Sentences)) : Words.Taken)
            + (remarks > 0 ? reader.Say(Words.Checked, reader.Number(remarks)) : ""),
            isGood: read.Missing == 0);
        return LocalRedirect($"/portal/work/{id}");
    }

    private async Task<bool> LoadAsync(string id, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse("job", id, out var jobId)
            || await writing.FindAsync(Me, jobId, cancellationToken) is not { Job: var job }
            || job.Kind is not (JobKinds.Translation or JobKinds.Formulation)
            || await texts.ContentAsync(job, cancellationToken) is not { } source)
        {
            return false;
        }

        (Job, Source) = (job, source);
        if (await db.Drafts.AsNoTracking().SingleOrDefaultAsync(d => d.JobId == jobId && d.TranslatorId == Me, cancellationToken) is { } draft)
        {
            (Version, Draft) = (draft.Version, texts.OpenDraft(await texts.KeyAsync(job.MerchantId, cancellationToken), draft));
        }

        return true;
    }

    private FileContentResult AsFile(string content, string type, string ending) =>
        File(Encoding.UTF8.GetBytes(content), type, $"{Job.Source}-{Job.Target}-{Id}.{ending}");

    private static async Task<byte[]> BytesAsync(IFormFile? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return [];
        }

        // One byte more than is permitted is enough to know.
        var bytes = new byte[Math.Min(file.Length, XliffReader.MostBytes + 1)];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}

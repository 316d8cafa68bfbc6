using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Questions;
using Zweizeiler.Marketplace.Features.Reviews;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Marketplace.Features.Workbench;

/// <summary>What happens to a job while it is written at: questions, revisions, complaints, a merchant who withdraws it.</summary>
public sealed partial class WorkbenchPage
{
    [BindProperty]
    public string? Question { get; set; }

    public string? AskError { get; private set; }

    /// <summary>Part of the editor's form, so that nothing written there is lost.</summary>
    public AskForm Ask => new("editor", $"/portal/work/{PublicId.Format("job", Job.Id)}?handler=Ask", reader.W.AskHintWorking, Question, AskError);

    /// <summary>Null when the job is not in the reader's hands.</summary>
    public WorkInHand? Work { get; private set; }

    public Conversation Conversation { get; private set; } = Conversation.None;

    public ObjectionView? Objection { get; private set; }

    /// <summary>How much the merchant had written when the page was made; tells the script of more.</summary>
    public int Answers => Conversation.Entries.Count(e => e.FromMerchant);

    /// <summary>A revision or correction is hers: there is nobody to give it back to.</summary>
    public bool MayHandBack => Work is { Job.ClaimId: not null };

    public bool MayAsk => Work is { IsCorrection: false } && !Conversation.IsWaiting;

    /// <summary>Asks the merchant; what has been written is saved first.</summary>
    public async Task<IActionResult> OnPostAskAsync(string id, [FromServices] AskQuestion question, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse("job", id, out var jobId))
        {
            return NotFound();
        }

        var written = Written();
        var saved = await saveDraft.RunAsync(Me, jobId, written, Version, cancellationToken);
        if (saved is { Other: { } other })
        {
            (Other, Version, SavedAt) = (other, saved.Version, saved.SavedAt);
        }

        var result = await question.RunAsync(Me, jobId, Question, cancellationToken);
        if (result == AskResult.Asked && Other is null)
        {
            this.Notice(reader.W.AskedStopped);
            return LocalRedirect($"/portal/work/{id}");
        }

        ModelState.Clear();
        (Question, AskError) = result == AskResult.Asked ? (null, null) : (Question, AskForm.Words(result, reader));
        return await LoadAsync(id, withDraft: false, cancellationToken) ?? Page();
    }

    private async Task LoadLifeAsync(Job job, CancellationToken cancellationToken)
    {
        Work = await writing.FindAsync(Me, job.Id, cancellationToken);
        IsHeld = Work is not null;
        if (Work is null)
        {
            return;
        }

        Conversation = await thread.ReadAsync(job, Me, cancellationToken);
        Objection = await objections.ForAsync(Work, cancellationToken);
    }

    /// <summary>A revision or correction begins with what was delivered last; the note to the merchant begins anew.</summary>
    private async Task BeginWithLastDeliveryAsync(CancellationToken cancellationToken)
    {
        if (Objection is not null && await objections.LastDeliveryAsync(Job, cancellationToken) is { } last)
        {
            var facts = await db.Deliveries.AsNoTracking()
                .Where(d => d.JobId == Job.Id)
                .OrderByDescending(d => d.Version)
                .Select(d => new { d.CallOutcome, d.CallMinutes, d.CallAttempts })
                .FirstAsync(cancellationToken);
            var call = last.CallReport is { } report
                ? new CallDraft(facts.CallOutcome ?? "", Typed(facts.CallMinutes), Typed(facts.CallAttempts), report)
                : null;
            Show(new DraftContent(last.Text, null, last.BackGloss, last.Summary, call));
        }
    }

    private static string Typed(int? number) => number is > 0 ? number.Value.ToString(CultureInfo.InvariantCulture) : "";

    /// <summary>The merchant has withdrawn the job, and its texts are erased; anything else that is not hers is not to be found.</summary>
    private async Task<IActionResult> NotHersAsync(Guid jobId, CancellationToken cancellationToken) =>
        await db.Jobs.AnyAsync(j => j.Id == jobId && j.HolderId == Me && j.State == JobState.Cancelled, cancellationToken)
            ? StatusCode(StatusCodes.Status410Gone)
            : NotFound();

    private LocalRedirectResult ToMyWork()
    {
        if (Job.State == JobState.Cancelled)
        {
            this.Notice(reader.W.JobCancelledNotice, isGood: false);
        }

        return LocalRedirect("/portal/work");
    }
}

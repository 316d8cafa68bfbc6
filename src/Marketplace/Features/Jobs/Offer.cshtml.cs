using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Claims;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Marketplace.Features.Jobs;

/// <summary>Source and brief of a job on offer, before it is taken; and the taking.</summary>
[Authorize(Policy = Policies.Translator)]
public sealed class OfferPage(OfferBoard board, JobTextReader texts, ClaimJob claim, Reader reader) : PageModel
{
    public Job Job { get; private set; } = null!;

    /// <summary>What may be seen before the job is taken.</summary>
    public JobContent? Source { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse("job", id, out var jobId)
            || await board.Visible(User.TranslatorId()).SingleOrDefaultAsync(j => j.Id == jobId, cancellationToken) is not { } job)
        {
            return NotFound();
        }

        if (job.State != JobState.Open)
        {
            return job.HolderId == User.TranslatorId() ? LocalRedirect(Workbench(id)) : NotFound();
        }

        Job = job;
        Source = await texts.PreviewAsync(job, cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostClaimAsync(string id, CancellationToken cancellationToken)
    {
        var me = User.TranslatorId();
        var result = PublicId.TryParse("job", id, out var jobId) ? await claim.RunAsync(me, jobId, cancellationToken) : ClaimResult.NotFound;
        switch (result)
        {
            case ClaimResult.Won:
                var until = await board.Visible(me).Where(j => j.Id == jobId).Select(j => j.LeaseUntil).SingleAsync(cancellationToken);
                this.Notice(reader.Say(reader.W.ClaimWon, reader.Clock(until ?? reader.Now)));
                return LocalRedirect(Workbench(id));
            case ClaimResult.AlreadyYours:
                this.Notice(reader.W.ClaimAlreadyYours);
                return LocalRedirect(Workbench(id));
            case ClaimResult.Taken:
                this.Notice(reader.W.ClaimTaken, isGood: false);
                return LocalRedirect("/portal");
            case ClaimResult.TooMany:
                this.Notice(reader.Say(reader.W.ClaimTooMany, Lease.MostAtATime), isGood: false);
                return LocalRedirect("/portal");
            default:
                return NotFound();
        }
    }

    private static string Workbench(string id) => $"/portal/work/{id}";
}

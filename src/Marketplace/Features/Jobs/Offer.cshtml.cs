using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Claims;
using Zweizeiler.Marketplace.Features.Offers;
using Zweizeiler.Marketplace.Features.Questions;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Marketplace.Features.Jobs;

/// <summary>Source and brief of a job on offer, before it is taken; and the taking.</summary>
[Authorize(Policy = Policies.Translator)]
public sealed partial class OfferPage(OfferBoard board, JobTextReader texts, ClaimJob claim, JobThread thread, OfferRules rules, Reader reader) : PageModel
{
    public Job Job { get; private set; } = null!;

    /// <summary>What may be seen before the job is taken.</summary>
    public JobContent? Source { get; private set; }

    /// <summary>Why the job is not to be had; null if it is.</summary>
    public (string Title, string Words)? Gone { get; private set; }

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse("job", id, out var jobId)
            || await board.Visible(User.TranslatorId()).SingleOrDefaultAsync(j => j.Id == jobId, cancellationToken) is not { } job)
        {
            return NotFound();
        }

        if (job.State != JobState.Open)
        {
            return job.HolderId == User.TranslatorId() ? LocalRedirect(Workbench(id)) : NotToBeHad(reader.W.NotOpenTitle, reader.W.NotOpenWords);
        }

        if (job.IsKeptFrom(User.TranslatorId(), reader.Now, rules.Grace))
        {
            return NotToBeHad(reader.W.OfferTitle, reader.W.ClaimKept);
        }

        Job = job;
        // An answer of the merchant's may name the customer as well as her text may.
        var content = await texts.ContentAsync(job, cancellationToken);
        Source = content is null ? null : Preview.Of(content);
        Conversation = await thread.ReadAsync(job, User.TranslatorId(), cancellationToken);
        Conversation = Conversation with
        {
            Entries = [.. Conversation.Entries.Select(e => e with { Text = content is null ? "" : Preview.Veiled(e.Text, content.Brief) })],
        };
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
                this.Notice(reader.Say(reader.W.ClaimWon, reader.ClockOrDay(until ?? reader.Now)));
                return LocalRedirect(Workbench(id));
            case ClaimResult.AlreadyYours:
                this.Notice(reader.W.ClaimAlreadyYours);
                return LocalRedirect(Workbench(id));
            case ClaimResult.Taken:
                this.Notice(reader.W.ClaimTaken, isGood: false);
                return LocalRedirect("/portal");
            case ClaimResult.Kept:
                this.Notice(reader.W.ClaimKept, isGood: false);
                return LocalRedirect("/portal");
            case ClaimResult.TooQuick:
                this.Notice(reader.W.ClaimTooQuick, isGood: false);
                return LocalRedirect("/portal");
            case ClaimResult.Withdrawn:
                this.Notice(reader.W.ClaimWithdrawn, isGood: false);
                return LocalRedirect("/portal");
            case ClaimResult.TooMany:
                this.Notice(reader.Say(reader.W.ClaimTooMany, Lease.MostAtATime), isGood: false);
                return LocalRedirect("/portal");
            default:
                return NotFound();
        }
    }

    /// <summary>"Not now": whoever comes next is asked at once.</summary>
    public async Task<IActionResult> OnPostNotNowAsync(string id, [FromServices] OfferInTurn offers, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse("job", id, out var jobId)
            || !await board.Visible(User.TranslatorId()).AnyAsync(j => j.Id == jobId, cancellationToken))
        {
            return NotFound();
        }

        var declined = await offers.DeclineAsync(User.TranslatorId(), jobId, reader.Now, cancellationToken);
        this.Notice(declined ? reader.W.NotNowDone : reader.W.NotNowTooLate, declined);
        return LocalRedirect("/portal");
    }

    /// <summary>There is no such page for her, but whoever followed a mail's or a list's link hears why, and where the other jobs are.</summary>
    private PageResult NotToBeHad(string title, string words)
    {
        Gone = (title, words);
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    private static string Workbench(string id) => $"/portal/work/{id}";
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Marketplace.Features.MyWork;

/// <summary>A job handed in, with what was written, what the merchant said to it, and what it has earned if that is settled.</summary>
public sealed record DoneJob(Job Job, Delivery Delivery, DeliveryContent? Content, string? Thanks, long? EarnedCents);

/// <summary>The reader's own jobs by state.</summary>
[Authorize(Policy = Policies.Translator)]
public sealed class MyWorkPage(MarketplaceDbContext db, JobTextReader texts, WorkInTrouble trouble, Cursors cursors) : PageModel
{
    private const int MostAccepted = 30;
    private const string AcceptedList = "accepted work";

    /// <summary>Where the list of accepted work goes on.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public string? NextCursor { get; private set; }

    /// <summary>How many were accepted, listed here or not.</summary>
    public int AcceptedCount { get; private set; }

    public IReadOnlyList<Job> InProgress { get; private set; } = [];

    public IReadOnlyList<DoneJob> InReview { get; private set; } = [];

    public IReadOnlyList<DoneJob> Accepted { get; private set; } = [];

    public IReadOnlyList<ComplainedJob> Complaints { get; private set; } = [];

    public IReadOnlyList<DisputedJob> Disputed { get; private set; } = [];

    /// <summary>Cancelled by the merchant, or refunded after a ruling.</summary>
    public IReadOnlyList<Job> Ended { get; private set; } = [];

    public bool IsEmpty => InProgress.Count + InReview.Count + Accepted.Count + Disputed.Count + Ended.Count == 0;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var me = User.TranslatorId();
        InProgress = await db.Jobs.AsNoTracking()
            .Where(j => j.HolderId == me && (j.State == JobState.InProgress || j.State == JobState.OnHold || j.State == JobState.InRevision))
            .OrderBy(j => j.LeaseUntil)
            .ToListAsync(cancellationToken);
        InReview = await DoneAsync(me, JobState.InReview, null, int.MaxValue, cancellationToken);
        await ListAcceptedAsync(me, cancellationToken);
        Complaints = await trouble.ComplaintsAsync(me, cancellationToken);
        Disputed = await trouble.DisputedAsync(me, cancellationToken);
        Ended = await trouble.EndedAsync(me, cancellationToken);
    }

    private async Task ListAcceptedAsync(Guid me, CancellationToken cancellationToken)
    {
        Cursor? after = After is not null && cursors.TryUnprotect(AcceptedList, me, After, out var cursor) ? cursor : null;
        var found = await DoneAsync(me, JobState.Accepted, after, MostAccepted + 1, cancellationToken);
        if (found.Count > MostAccepted)
        {
            found.RemoveAt(MostAccepted);
            NextCursor = cursors.Protect(AcceptedList, me, new Cursor(found[^1].Delivery.DeliveredAt, found[^1].Delivery.Id));
        }

        Accepted = found;
        AcceptedCount = NextCursor is null && after is null
            ? found.Count
            : await db.Jobs.CountAsync(j => j.HolderId == me && j.State == JobState.Accepted, cancellationToken);
    }

    /// <summary>Each job with what was delivered last, the newest first.</summary>
    private async Task<List<DoneJob>> DoneAsync(Guid me, JobState state, Cursor? after, int most, CancellationToken cancellationToken)
    {
        var deliveries = db.Deliveries.AsNoTracking();
        if (after is { } cursor)
        {
            deliveries = deliveries.Where(d => EF.Functions.LessThan(ValueTuple.Create(d.DeliveredAt, d.Id), ValueTuple.Create(cursor.CreatedAt, cursor.Id)));
        }

        var rows = await (
            from delivery in deliveries
            join job in db.Jobs.AsNoTracking() on delivery.JobId equals job.Id
            join key in db.MerchantKeys on job.MerchantId equals key.MerchantId
            from text in db.DeliveryTexts.Where(t => t.DeliveryId == delivery.Id).DefaultIfEmpty()
            where delivery.TranslatorId == me && job.HolderId == me && job.State == state
                && !db.Deliveries.Any(later => later.JobId == delivery.JobId && later.Version > delivery.Version)
            orderby delivery.DeliveredAt descending, delivery.Id descending
            select new { job, delivery, key.DataKey, text, earned = db.Earnings.Where(e => e.JobId == job.Id).Select(e => (long?)e.FeeCents).FirstOrDefault() }).Take(most).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(r => new DoneJob(
                r.job,
                r.delivery,
                r.text is null ? null : texts.OpenDelivery(new WrappedDataKey(r.DataKey), r.delivery.Id, r.text.Content),
                r.text?.Thanks is { } thanks ? texts.OpenThanks(new WrappedDataKey(r.DataKey), r.delivery.Id, thanks) : null,
                r.earned)),
        ];
    }
}

using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Claims;

/// <summary>The end of a claim: it moves away while its holder writes, and she is told before it comes.</summary>
public sealed class LeaseWatch(MarketplaceDbContext db, IPublishEndpoint publish)
{
    /// <summary>Sets the timers of a claim. Called whenever its end is set or moved; those of an earlier end find nothing to do.</summary>
    public void Watch(Guid claimId, Guid jobId, DateTimeOffset until, DateTimeOffset now)
    {
        db.Add(DueTimer.ForLease(claimId, jobId, until, now));
        if (until - Lease.NoticeBefore > now)
        {
            db.Add(DueTimer.ForLeaseEnding(claimId, jobId, until - Lease.NoticeBefore, now));
        }
    }

    /// <summary>She writes: a claim that would end soon goes on for a while, as often as that happens, up to its limit. Returns its end now.</summary>
    public async Task<DateTimeOffset?> WritingAsync(Job job, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (job is not { State: JobState.InProgress, ClaimId: { } claim, LeaseUntil: { } until, ClaimedAt: { } claimedAt }
            || Lease.Extended(claimedAt, until, job.Lines, job.DeliverBy, now) is not { } extended)
        {
            return job.LeaseUntil;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Jobs
            .Where(j => j.Id == job.Id && j.ClaimId == claim && j.State == JobState.InProgress && j.LeaseUntil == until)
            .ExecuteUpdateAsync(j => j.SetProperty(x => x.LeaseUntil, extended), cancellationToken) == 0)
        {
            return await db.Jobs.Where(j => j.Id == job.Id && j.ClaimId == claim).Select(j => j.LeaseUntil).SingleOrDefaultAsync(cancellationToken);
        }

        await db.Claims.Where(c => c.Id == claim).ExecuteUpdateAsync(c => c.SetProperty(x => x.LeaseUntil, extended), cancellationToken);
        Watch(claim, job.Id, extended, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return extended;
    }

    /// <summary>Tells the holder that her claim ends soon, inside the worker's transaction. If it has moved meanwhile, there is another timer.</summary>
    public async Task RunAsync(DueTimer timer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.LockJobAsync(timer.JobId, cancellationToken) is { State: JobState.InProgress, HolderId: { } holder, LeaseUntil: { } until } job
            && job.ClaimId == timer.SubjectId && until > now && IsOf(timer, until))
        {
            await publish.Publish(new LeaseEnding(job.Id, holder, until, now), cancellationToken);
            await LiveSignal.Person(holder).SendAsync(db, cancellationToken);
        }
    }

    /// <summary>Times come back from the database a little rounded.</summary>
    private static bool IsOf(DueTimer timer, DateTimeOffset until) => (until - Lease.NoticeBefore - timer.DueAt).Duration() < TimeSpan.FromSeconds(1);
}

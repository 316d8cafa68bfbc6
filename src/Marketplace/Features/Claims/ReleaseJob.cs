using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Claims;

public enum ReleaseResult
{
    /// <summary>Within the first minute: as if it had never been taken.</summary>
    WithoutTrace,
    Released,
    ReasonMissing,
    NotYours,
}

/// <summary>Gives a job back to the pool: by its holder, or because the lease has ended. The draft stays for its writer.</summary>
public sealed class ReleaseJob(MarketplaceDbContext db, IPublishEndpoint publish, TimeProvider time)
{
    public async Task<ReleaseResult> HandBackAsync(Guid translatorId, Guid jobId, string? reason, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var held = await db.Jobs.AsNoTracking()
            .Where(j => j.Id == jobId && j.State == JobState.InProgress && j.HolderId == translatorId)
            .Select(j => new { j.ClaimId, j.ClaimedAt })
            .SingleOrDefaultAsync(cancellationToken);
        if (held is not { ClaimId: { } claimId })
        {
            return ReleaseResult.NotYours;
        }

        var now = time.GetUtcNow();
        var withoutTrace = now - held.ClaimedAt <= Lease.WithoutTrace;
        if (!withoutTrace && !ReleaseReason.All.Contains(reason, StringComparer.Ordinal))
        {
            return ReleaseResult.ReasonMissing;
        }

        if (!await ReopenAsync(jobId, claimId, ClaimOutcome.HandedBack, now, cancellationToken))
        {
            return ReleaseResult.NotYours;
        }

        var claims = db.Claims.Where(c => c.Id == claimId);
        if (withoutTrace)
        {
            await claims.ExecuteDeleteAsync(cancellationToken);
        }
        else
        {
            await claims.ExecuteUpdateAsync(
                c => c.SetProperty(x => x.EndedAt, now).SetProperty(x => x.Outcome, ClaimOutcome.HandedBack).SetProperty(x => x.Reason, reason),
                cancellationToken);
        }

        // The timer stays: it finds nothing to do when its time comes. To delete it here could wait for one who waits for us.
        await transaction.CommitAsync(cancellationToken);
        return withoutTrace ? ReleaseResult.WithoutTrace : ReleaseResult.Released;
    }

    /// <summary>
    /// Works off one lease that has ended. Returns false when none is due. The timer's row stays locked until the commit, so that no other replica
    /// does the same and a crash leaves it to be done again.
    /// </summary>
    public async Task<bool> ExpireNextAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var due = await db.Timers
            .FromSql($"SELECT * FROM timers WHERE kind = {TimerKind.Lease} AND due_at <= {now} ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED")
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        if (due is not [var timer])
        {
            return false;
        }

        if (await ReopenAsync(timer.JobId, timer.SubjectId, ClaimOutcome.LeaseExpired, now, cancellationToken))
        {
            await db.Claims.Where(c => c.Id == timer.SubjectId).ExecuteUpdateAsync(
                c => c.SetProperty(x => x.EndedAt, now).SetProperty(x => x.Outcome, ClaimOutcome.LeaseExpired), cancellationToken);
            var holder = await db.Claims.Where(c => c.Id == timer.SubjectId).Select(c => c.TranslatorId).SingleAsync(cancellationToken);
            await LiveSignal.Person(holder).SendAsync(db, cancellationToken);
        }

        await db.Timers.Where(t => t.Id == timer.Id).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task<bool> ReopenAsync(Guid jobId, Guid claimId, string outcome, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reopened = await db.Jobs
            .Where(j => j.Id == jobId && j.ClaimId == claimId && j.State == JobState.InProgress)
            .ExecuteUpdateAsync(
                job => job
                    .SetProperty(j => j.State, JobState.Open)
                    .SetProperty(j => j.ClaimId, (Guid?)null)
                    .SetProperty(j => j.HolderId, (Guid?)null)
                    .SetProperty(j => j.ClaimedAt, (DateTimeOffset?)null)
                    .SetProperty(j => j.LeaseUntil, (DateTimeOffset?)null)
                    .SetProperty(j => j.ChangedAt, now)
                    .SetProperty(j => j.Version, j => j.Version + 1),
                cancellationToken);
        if (reopened == 0)
        {
            return false;
        }

        var job = await db.Jobs.AsNoTracking().Where(j => j.Id == jobId).Select(j => new { j.MerchantId, j.Version }).SingleAsync(cancellationToken);
        await publish.Publish(new JobReleased(jobId, job.MerchantId, job.Version, outcome, now), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await LiveSignal.Job(jobId).SendAsync(db, cancellationToken);
        return true;
    }
}

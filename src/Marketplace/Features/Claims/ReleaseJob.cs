using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Escalation;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Features.Offers;
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
public sealed class ReleaseJob(MarketplaceDbContext db, EscalateJob escalate, IPublishEndpoint publish, TimeProvider time)
{
    public async Task<ReleaseResult> HandBackAsync(Guid translatorId, Guid jobId, string? reason, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await db.Jobs.AsNoTracking()
            .Where(j => j.Id == jobId && (j.State == JobState.InProgress || j.State == JobState.OnHold) && j.HolderId == translatorId)
            .Select(j => new { j.ClaimId, j.ClaimedAt })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is not { ClaimId: { } claimId })
        {
            return ReleaseResult.NotYours;
        }

        var now = time.GetUtcNow();
        var withoutTrace = now - found.ClaimedAt <= Lease.WithoutTrace;
        if (!withoutTrace && !ReleaseReason.All.Contains(reason, StringComparer.Ordinal))
        {
            return ReleaseResult.ReasonMissing;
        }

        var held = db.Jobs.Where(j => j.Id == jobId && j.ClaimId == claimId && (j.State == JobState.InProgress || j.State == JobState.OnHold));
        if (!await ReopenAsync(held, jobId, translatorId, ClaimOutcome.HandedBack, now, cancellationToken))
        {
            return ReleaseResult.NotYours;
        }

        var claims = db.Claims.Where(c => c.Id == claimId);
        if (withoutTrace)
        {
            await claims.ExecuteDeleteAsync(cancellationToken);
            await db.UnclaimedAsync(translatorId, cancellationToken);
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
    /// Ends a lease whose time has come, inside the worker's transaction. A question may have stopped it since the timer was set, and an answer may
    /// have let it go on until later; then there is another timer.
    /// </summary>
    public async Task ExpireAsync(DueTimer timer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var claim = await db.Claims.AsNoTracking().Where(c => c.Id == timer.SubjectId).Select(c => new { c.TranslatorId }).SingleOrDefaultAsync(cancellationToken);
        var ended = db.Jobs.Where(j => j.Id == timer.JobId && j.ClaimId == timer.SubjectId && j.State == JobState.InProgress && j.LeaseUntil <= now);
        if (claim is null || !await ReopenAsync(ended, timer.JobId, claim.TranslatorId, ClaimOutcome.LeaseExpired, now, cancellationToken))
        {
            return;
        }

        await db.Claims.Where(c => c.Id == timer.SubjectId).ExecuteUpdateAsync(
            c => c.SetProperty(x => x.EndedAt, now).SetProperty(x => x.Outcome, ClaimOutcome.LeaseExpired), cancellationToken);
        await db.LapsedAsync(claim.TranslatorId, cancellationToken);
        await LiveSignal.Person(claim.TranslatorId).SendAsync(db, cancellationToken);
    }

    /// <summary>An operator takes it back, inside the operator's transaction; whose it was, or null if nobody holds it.</summary>
    public async Task<Guid?> TakeBackAsync(Guid jobId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.LockJobAsync(jobId, cancellationToken) is not { State: JobState.InProgress or JobState.OnHold, ClaimId: { } claimId, HolderId: { } holder })
        {
            return null;
        }

        var held = db.Jobs.Where(j => j.Id == jobId && j.ClaimId == claimId);
        await ReopenAsync(held, jobId, holder, ClaimOutcome.HandedBack, now, cancellationToken);
        await db.Claims.Where(c => c.Id == claimId).ExecuteUpdateAsync(
            c => c.SetProperty(x => x.EndedAt, now).SetProperty(x => x.Outcome, ClaimOutcome.TakenBack), cancellationToken);
        return holder;
    }

    private async Task<bool> ReopenAsync(
        IQueryable<Job> held, Guid jobId, Guid translatorId, string outcome, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var reopened = await held
            .ExecuteUpdateAsync(
                job => job
                    .SetProperty(j => j.State, JobState.Open)
                    .SetProperty(j => j.ClaimId, (Guid?)null)
                    .SetProperty(j => j.HolderId, (Guid?)null)
                    .SetProperty(j => j.ClaimedAt, (DateTimeOffset?)null)
                    .SetProperty(j => j.LeaseUntil, (DateTimeOffset?)null)
                    .SetProperty(j => j.LeaseLeft, (TimeSpan?)null)
                    .SetProperty(j => j.ChangedAt, now)
                    .SetProperty(j => j.Version, j => j.Version + 1),
                cancellationToken);
        if (reopened == 0)
        {
            return false;
        }

        await db.SettleQuestionsAsync(jobId, translatorId, now, cancellationToken);
        var job = await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == jobId, cancellationToken);
        escalate.Watch(job, now);
        await publish.Publish(new JobReleased(jobId, job.MerchantId, job.Version, outcome, now), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await LiveSignal.Job(jobId).SendAsync(db, cancellationToken);
        return true;
    }
}

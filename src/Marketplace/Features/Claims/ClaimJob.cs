using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Claims;

public enum ClaimResult
{
    Won,
    AlreadyYours,
    Taken,

    /// <summary>The merchant cancelled it, or nobody took it in time.</summary>
    Withdrawn,
    TooMany,
    NotFound,
}

/// <summary>Takes a job. However many try at once, on however many replicas: one conditional update decides, and one wins.</summary>
public sealed class ClaimJob(MarketplaceDbContext db, JobTextReader texts, IPublishEndpoint publish, TimeProvider time)
{
    public async Task<ClaimResult> RunAsync(Guid translatorId, Guid jobId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Her own row first: two of her windows claiming two jobs at once must count one after the other.
        var displayName = await db.Database
            .SqlQuery<string>($"SELECT a.display_name AS \"Value\" FROM translators t JOIN accounts a ON a.id = t.id WHERE t.id = {translatorId} FOR UPDATE OF t")
            .SingleOrDefaultAsync(cancellationToken);
        var seen = await db.Jobs.AsNoTracking()
            .Where(j => j.Id == jobId && j.Mode == "live")
            .Where(j => db.TranslatorPairs.Any(p => p.TranslatorId == translatorId && p.Source == j.Source && p.Target == j.Target))
            .Where(j => !j.BlockedIds.Contains(translatorId))
            .Select(j => new { j.State, j.HolderId, j.Lines, j.Kind, j.MerchantId })
            .SingleOrDefaultAsync(cancellationToken);
        if (displayName is null || seen is null || seen.State is JobState.Placed or JobState.PaymentRequired)
        {
            return ClaimResult.NotFound;
        }

        if (seen.HolderId == translatorId && seen.State is JobState.InProgress or JobState.OnHold or JobState.InRevision)
        {
            return ClaimResult.AlreadyYours;
        }

        // What waits for an answer counts too: asking must not be a way to keep many.
        if (await db.Jobs.CountAsync(
            j => j.HolderId == translatorId && (j.State == JobState.InProgress || (j.State == JobState.OnHold && j.ClaimId != null)), cancellationToken) >= Lease.MostAtATime)
        {
            return ClaimResult.TooMany;
        }

        var now = time.GetUtcNow();
        var claim = new Claim
        {
            Id = Guid.CreateVersion7(now),
            JobId = jobId,
            TranslatorId = translatorId,
            ClaimedAt = now,
            LeaseUntil = Lease.Until(now, seen.Lines, seen.Kind == JobKinds.Call ? await texts.CallWindowEndAsync(jobId, seen.MerchantId, cancellationToken) : null),
        };
        var won = await db.Jobs
            .Where(j => j.Id == jobId && j.State == JobState.Open)
            .ExecuteUpdateAsync(
                job => job
                    .SetProperty(j => j.State, JobState.InProgress)
                    .SetProperty(j => j.ClaimId, claim.Id)
                    .SetProperty(j => j.HolderId, translatorId)
                    .SetProperty(j => j.ClaimedAt, claim.ClaimedAt)
                    .SetProperty(j => j.LeaseUntil, claim.LeaseUntil)
                    .SetProperty(j => j.ChangedAt, now)
                    .SetProperty(j => j.Version, j => j.Version + 1),
                cancellationToken);
        var job = await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == jobId, cancellationToken);
        if (won == 0)
        {
            return job.State is JobState.Cancelled or JobState.Expired ? ClaimResult.Withdrawn : ClaimResult.Taken;
        }

        db.Add(claim);
        db.Add(DueTimer.ForLease(claim.Id, jobId, claim.LeaseUntil, now));
        await db.SettleQuestionsAsync(jobId, translatorId, now, cancellationToken);
        await publish.Publish(
            new JobClaimed(jobId, job.MerchantId, job.Version, translatorId, displayName, claim.LeaseUntil, claim.ClaimedAt), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await LiveSignal.Job(jobId).SendAsync(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ClaimResult.Won;
    }
}

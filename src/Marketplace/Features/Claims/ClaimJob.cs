using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Delays;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Features.Offers;
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

    /// <summary>Somebody else is being asked first, for a short time.</summary>
    Kept,

    /// <summary>Faster than anybody reads.</summary>
    TooQuick,
    NotFound,
}

/// <summary>Takes a job. However many try at once, on however many replicas: one conditional update decides, and one wins.</summary>
public sealed class ClaimJob(
    MarketplaceDbContext db, JobTextReader texts, LeaseWatch leases, TellDelay delays, OfferRules rules, ClaimPace pace, JobTurns turns, IPublishEndpoint publish,
    TimeProvider time)
{
    // Whoever is late costs this one look: it is translated once.
    private static readonly Func<MarketplaceDbContext, Guid, Guid, CancellationToken, Task<Seen?>> Look = EF.CompileAsyncQuery(
        (MarketplaceDbContext db, Guid translatorId, Guid jobId, CancellationToken _) => db.Jobs
            .Where(j => j.Id == jobId && j.Mode == "live" && !j.BlockedIds.Contains(translatorId))
            .Where(j => db.TranslatorPairs.Any(p => p.TranslatorId == translatorId && p.Source == j.Source && p.Target == j.Target))
            .Where(j => db.Translators.Any(t => t.Id == translatorId && t.Kinds.Contains(j.Kind)))
            .Select(j => new Seen(j.State, j.HolderId, j.OfferedToId, j.OfferedUntil, j.Lines, j.Kind, j.MerchantId, j.DeliverBy))
            .SingleOrDefault());

    public async Task<ClaimResult> RunAsync(Guid translatorId, Guid jobId, CancellationToken cancellationToken)
    {
        // Whoever is late is told so without waiting in line with the others.
        if (await TooLateAsync(translatorId, jobId, cancellationToken) is { } late)
        {
            return late;
        }

        using var turn = await turns.EnterAsync(jobId, cancellationToken);
        if (turn.TakenBy is { } other && other != translatorId)
        {
            return ClaimResult.Taken;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();

        // Her own row first: two of her windows claiming two jobs at once must count one after the other.
        if (await EnterAsync(translatorId, now, cancellationToken) is not { } me)
        {
            return ClaimResult.NotFound;
        }

        if (me.ClaimsLeft < 0)
        {
            return ClaimResult.TooQuick;
        }

        var seen = await Look(db, translatorId, jobId, cancellationToken);
        if (seen is null || seen.State is JobState.Placed or JobState.PaymentRequired)
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
            await transaction.CommitAsync(cancellationToken);
            return ClaimResult.TooMany;
        }

        var claim = new Claim
        {
            Id = Guid.CreateVersion7(now),
            JobId = jobId,
            TranslatorId = translatorId,
            ClaimedAt = now,
            LeaseUntil = Lease.Until(
                now, seen.Lines, seen.DeliverBy,
                seen.Kind == JobKinds.Call ? await texts.CallWindowEndAsync(jobId, seen.MerchantId, cancellationToken) : null),
        };
        var keptUntil = now - rules.Grace;
        var won = await db.Jobs
            .Where(j => j.Id == jobId && j.State == JobState.Open)
            .Where(j => j.OfferedToId == null || j.OfferedToId == translatorId || j.OfferedUntil <= keptUntil)
            .ExecuteUpdateAsync(
                job => job
                    .SetProperty(j => j.State, JobState.InProgress)
                    .SetProperty(j => j.ClaimId, claim.Id)
                    .SetProperty(j => j.HolderId, translatorId)
                    .SetProperty(j => j.ClaimedAt, claim.ClaimedAt)
                    .SetProperty(j => j.LeaseUntil, claim.LeaseUntil)
                    .SetProperty(j => j.OfferedToId, (Guid?)null)
                    .SetProperty(j => j.OfferedUntil, (DateTimeOffset?)null)
                    .SetProperty(j => j.ChangedAt, now)
                    .SetProperty(j => j.Version, j => j.Version + 1),
                cancellationToken);
        var job = await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == jobId, cancellationToken);
        if (won == 0)
        {
            await transaction.CommitAsync(cancellationToken);
            return Late(job.State);
        }

        await db.Offers.Where(o => o.JobId == jobId && o.EndedAt == null).ExecuteUpdateAsync(
            o => o.SetProperty(x => x.EndedAt, now)
                .SetProperty(x => x.Outcome, x => x.TranslatorId == translatorId ? OfferOutcome.Taken : OfferOutcome.Lapsed),
            cancellationToken);
        db.Add(claim);
        leases.Watch(claim.Id, jobId, claim.LeaseUntil, now);
        delays.Watch(job, now);
        await db.SettleQuestionsAsync(jobId, translatorId, now, cancellationToken);
        await publish.Publish(
            new JobClaimed(jobId, job.MerchantId, job.Version, translatorId, me.DisplayName, claim.LeaseUntil, claim.ClaimedAt), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db.ClaimedAsync(translatorId, now, cancellationToken);
        await LiveSignal.Job(jobId).SendAsync(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        turn.Taken(translatorId);
        return ClaimResult.Won;
    }

    /// <summary>What can be told by looking; null if the job may be to be had.</summary>
    private async Task<ClaimResult?> TooLateAsync(Guid translatorId, Guid jobId, CancellationToken cancellationToken)
    {
        var seen = await Look(db, translatorId, jobId, cancellationToken);
        return seen switch
        {
            null => ClaimResult.NotFound,
            { State: JobState.Open, OfferedToId: { } other } when other != translatorId && seen.OfferedUntil + rules.Grace > time.GetUtcNow() => ClaimResult.Kept,
            { State: JobState.Open or JobState.Placed or JobState.PaymentRequired } => null,
            { HolderId: { } holder } when holder == translatorId => null,
            _ => Late(seen.State),
        };
    }

    private static ClaimResult Late(JobState state) => state switch
    {
        JobState.Cancelled or JobState.Expired => ClaimResult.Withdrawn,
        JobState.Open => ClaimResult.Kept,
        _ => ClaimResult.Taken,
    };

    /// <summary>Locks her row and counts the try. A try that comes too quickly is rolled back, so that insisting does not make the wait longer.</summary>
    private async Task<Entering?> EnterAsync(Guid translatorId, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<Entering>(
            $"""
            UPDATE translators t
            SET claims_left = LEAST({ClaimPace.Burst}, t.claims_left + COALESCE(GREATEST(0, extract(epoch FROM {now} - t.claims_counted_at)), 0) / {pace.Refill.TotalSeconds}) - 1,
                claims_counted_at = {now}
            FROM accounts a
            WHERE t.id = {translatorId} AND a.id = t.id
            RETURNING a.display_name, t.claims_left
            """).ToListAsync(cancellationToken)).SingleOrDefault();

    private sealed record Seen(
        JobState State, Guid? HolderId, Guid? OfferedToId, DateTimeOffset? OfferedUntil, int Lines, string Kind, Guid MerchantId, DateTimeOffset DeliverBy);

    private sealed record Entering(string DisplayName, double ClaimsLeft);
}

using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Pricing;

namespace Zweizeiler.Marketplace.Features.Workbench;

/// <summary>What became of a delivery: done, not hers (any more), or held up by findings.</summary>
public abstract record DeliverResult
{
    public sealed record Delivered : DeliverResult;

    public sealed record NotYours : DeliverResult;

    public sealed record HeldUp(IReadOnlyList<Finding> Findings) : DeliverResult;
}

/// <summary>
/// Hands the work in for review. Only the holder can, and only once: a conditional update decides. A lease that ended a moment ago does not
/// matter as long as nobody has worked it off: the work is done, and nobody else has begun.
/// </summary>
public sealed class DeliverJob(MarketplaceDbContext db, JobTextReader texts, IPublishEndpoint publish, TimeProvider time)
{
    public const int LongestNote = 2_000;

    /// <summary>Delivers; <paramref name="because"/> says, by <see cref="Finding.Key"/>, why a warning is fine.</summary>
    public async Task<DeliverResult> RunAsync(
        Guid translatorId, Guid jobId, DraftContent written, IReadOnlyDictionary<string, string> because, CancellationToken cancellationToken)
    {
        var job = await db.Jobs.AsNoTracking()
            .SingleOrDefaultAsync(j => j.Id == jobId && j.State == JobState.InProgress && j.HolderId == translatorId, cancellationToken);
        if (job is null || await texts.ContentAsync(job, cancellationToken) is not { } source)
        {
            return new DeliverResult.NotYours();
        }

        var findings = DeliveryChecks.Run(job.Kind, source, written);
        if (findings.Any(f => f.Blocks || !because.ContainsKey(f.Key)))
        {
            return new DeliverResult.HeldUp(findings);
        }

        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var done = await db.Jobs
            .Where(j => j.Id == jobId && j.State == JobState.InProgress && j.ClaimId == job.ClaimId && j.HolderId == translatorId)
            .ExecuteUpdateAsync(
                update => update
                    .SetProperty(j => j.State, JobState.InReview)
                    .SetProperty(j => j.ClaimId, (Guid?)null)
                    .SetProperty(j => j.LeaseUntil, (DateTimeOffset?)null)
                    .SetProperty(j => j.ChangedAt, now)
                    .SetProperty(j => j.Version, j => j.Version + 1),
                cancellationToken);
        if (done == 0)
        {
            return new DeliverResult.NotYours();
        }

        await db.Claims.Where(c => c.Id == job.ClaimId).ExecuteUpdateAsync(
            c => c.SetProperty(x => x.EndedAt, now).SetProperty(x => x.Outcome, ClaimOutcome.Delivered), cancellationToken);
        await db.Drafts.Where(d => d.JobId == jobId && d.TranslatorId == translatorId).ExecuteDeleteAsync(cancellationToken);
        var confirmations = findings.Select(f => new Confirmation(f.Code, f.Detail, because[f.Key])).ToList();
        await StoreAsync(job, translatorId, written, confirmations, now, cancellationToken);
        await LiveSignal.Person(translatorId).SendAsync(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new DeliverResult.Delivered();
    }

    private async Task StoreAsync(
        Job job, Guid translatorId, DraftContent written, List<Confirmation> confirmations, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = await texts.KeyAsync(job.MerchantId, cancellationToken);
        var count = LineCounter.Count(written.Counted(job.Kind));
        var call = job.Kind == JobKinds.Call ? written.Call?.ToFacts() : null;
        var version = 1 + await db.Deliveries.CountAsync(d => d.JobId == job.Id, cancellationToken);
        var delivery = new Delivery
        {
            Id = Guid.CreateVersion7(now),
            JobId = job.Id,
            TranslatorId = translatorId,
            Version = version,
            Characters = count.Characters,
            Lines = count.Lines,
            DeliveredAt = now,
            CallOutcome = call?.Outcome,
            CallMinutes = call?.Minutes,
            CallAttempts = call?.Attempts,
        };
        var content = texts.SealDelivery(key, delivery.Id, written.ToDelivery(job.Kind));
        db.Add(delivery);
        db.Add(new DeliveryText
        {
            DeliveryId = delivery.Id,
            Content = content.Bytes,
            Confirmations = confirmations.Count > 0 ? texts.SealConfirmations(key, delivery.Id, confirmations) : null,
        });
        await publish.Publish(
            new JobDelivered(
                job.Id, job.MerchantId, job.Version + 1, delivery.Id, version, translatorId, content, count.Characters, count.Lines, now, call),
            cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }
}

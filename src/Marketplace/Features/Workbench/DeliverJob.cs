using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Features.Reviews;
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
/// Hands the work in for review. Only who writes at it can, and only once, see <see cref="Writing"/>.
/// </summary>
public sealed class DeliverJob(MarketplaceDbContext db, JobTextReader texts, Writing writing, LookOver lookOver, IPublishEndpoint publish, TimeProvider time)
{
    public const int LongestNote = 2_000;

    /// <summary>Delivers; <paramref name="because"/> says, by <see cref="Finding.Key"/>, why a warning is fine.</summary>
    public async Task<DeliverResult> RunAsync(
        Guid translatorId, Guid jobId, DraftContent written, IReadOnlyDictionary<string, string> because, CancellationToken cancellationToken)
    {
        if (await writing.FindAsync(translatorId, jobId, cancellationToken) is not { Job: var job } work
            || await texts.ContentAsync(job, cancellationToken) is not { } source)
        {
            return new DeliverResult.NotYours();
        }

        var findings = await lookOver.AtDeliveryAsync(job, source, written, cancellationToken);
        if (findings.Any(f => f.Blocks || !because.ContainsKey(f.Key)))
        {
            return new DeliverResult.HeldUp(findings);
        }

        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await writing.HandInAsync(work, translatorId, now, cancellationToken) is not { } jobVersion)
        {
            return new DeliverResult.NotYours();
        }

        var confirmations = findings.Select(f => new Confirmation(f.Code, f.Detail, because[f.Key])).ToList();
        await StoreAsync(work, jobVersion, translatorId, written, confirmations, now, cancellationToken);
        await LiveSignal.Person(translatorId).SendAsync(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new DeliverResult.Delivered();
    }

    private async Task StoreAsync(
        WorkInHand work, int jobVersion, Guid translatorId, DraftContent written, List<Confirmation> confirmations, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var job = work.Job;
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
            IsCorrection = work.IsCorrection,
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
                job.Id, job.MerchantId, jobVersion, delivery.Id, version, translatorId, content, count.Characters, count.Lines, now,
                call, work.IsCorrection),
            cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }
}

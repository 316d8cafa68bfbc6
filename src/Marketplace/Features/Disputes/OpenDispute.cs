using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Disputes;

/// <summary>
/// The merchant rejects a delivery: its writer can answer, a second translator rules. If its revision was overdue that is over with it; one that was
/// handed in first makes the rejection a late word about an older delivery.
/// </summary>
public sealed class DeliveryRejectedConsumer(MarketplaceDbContext db, TimeProvider time) : IConsumer<DeliveryRejected>
{
    public async Task Consume(ConsumeContext<DeliveryRejected> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        var now = time.GetUtcNow();
        if (await db.LockJobAsync(message.JobId, cancellationToken) is not { } job
            || !await db.IsNewestDeliveryAsync(job.Id, message.DeliveryId, cancellationToken)
            || !job.Dispute(now))
        {
            return;
        }

        db.Add(new Dispute
        {
            DeliveryId = message.DeliveryId,
            JobId = job.Id,
            WriterId = message.TranslatorId,
            OpenedAt = message.RejectedAt,
            Objection = message.Objection.Bytes,
        });
        await db.SaveChangesAsync(cancellationToken);
        // What she began for the revision is not handed in any more.
        await db.SettleQuestionsAsync(job.Id, message.TranslatorId, now, cancellationToken);
        await db.Drafts.Where(d => d.JobId == job.Id).ExecuteDeleteAsync(cancellationToken);
        await LiveSignal.Person(message.TranslatorId).SendAsync(db, cancellationToken);
    }
}

/// <summary>The corrected delivery does not satisfy the merchant either: a second translator rules. The job stays accepted meanwhile.</summary>
public sealed class ComplaintContestedConsumer(MarketplaceDbContext db) : IConsumer<ComplaintContested>
{
    public async Task Consume(ConsumeContext<ComplaintContested> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        if (await db.LockJobAsync(message.JobId, cancellationToken) is not { } job
            || !await db.Deliveries.AnyAsync(d => d.Id == message.DeliveryId && d.JobId == job.Id, cancellationToken)
            || await db.Disputes.AnyAsync(d => d.DeliveryId == message.DeliveryId, cancellationToken))
        {
            return;
        }

        db.Add(new Dispute
        {
            DeliveryId = message.DeliveryId,
            JobId = job.Id,
            ComplaintId = message.ComplaintId,
            WriterId = message.TranslatorId,
            OpenedAt = message.ContestedAt,
            Objection = message.Objection.Bytes,
        });
        await db.SaveChangesAsync(cancellationToken);
        await db.Complaints.Where(c => c.Id == message.ComplaintId).ExecuteUpdateAsync(
            c => c.SetProperty(x => x.ContestedAt, message.ContestedAt), cancellationToken);
        await LiveSignal.Person(message.TranslatorId).SendAsync(db, cancellationToken);
    }
}

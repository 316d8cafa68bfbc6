using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Delays;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Reviews;

/// <summary>The merchant wants something changed: the job goes back to the one who wrote it, and stays hers until she has delivered again.</summary>
public sealed class RevisionRequestedConsumer(MarketplaceDbContext db, ReviewTimes times, TellDelay delays, TimeProvider time) : IConsumer<RevisionRequested>
{
    public async Task Consume(ConsumeContext<RevisionRequested> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        var now = time.GetUtcNow();
        if (await db.LockJobAsync(message.JobId, cancellationToken) is not { } job
            || !await db.IsNewestDeliveryAsync(job.Id, message.DeliveryId, cancellationToken)
            || !job.Revise(now + times.RevisionWithin, now))
        {
            return;
        }

        delays.Watch(job, now);
        await db.SaveChangesAsync(cancellationToken);
        await db.Deliveries.Where(d => d.Id == message.DeliveryId).ExecuteUpdateAsync(
            d => d.SetProperty(x => x.RevisionRequestedAt, message.RequestedAt), cancellationToken);
        await db.DeliveryTexts.Where(t => t.DeliveryId == message.DeliveryId).ExecuteUpdateAsync(
            t => t.SetProperty(x => x.Objection, message.Objection.Bytes), cancellationToken);
        await LiveSignal.Person(message.TranslatorId).SendAsync(db, cancellationToken);
    }
}

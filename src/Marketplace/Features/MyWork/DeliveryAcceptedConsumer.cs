using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Features.Memory;
using Zweizeiler.Marketplace.Features.Offers;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.MyWork;

/// <summary>The merchant is content, or a second translator ruled that the delivery stands: the writer sees it, with rating and thanks.</summary>
public sealed class DeliveryAcceptedConsumer(MarketplaceDbContext db, MerchantMemory memory, TimeProvider time) : IConsumer<DeliveryAccepted>
{
    public async Task Consume(ConsumeContext<DeliveryAccepted> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        // A complaint may have overtaken the acceptance and implied it; its rating and thanks are still to be kept.
        if (await db.LockJobAsync(message.JobId, cancellationToken) is not { } job || !(job.Accept(time.GetUtcNow()) || job.State == JobState.Accepted))
        {
            return;
        }

        await db.SaveChangesAsync(cancellationToken);
        await db.Deliveries.Where(d => d.Id == message.DeliveryId && d.JobId == message.JobId).ExecuteUpdateAsync(
            d => d.SetProperty(x => x.AcceptedAt, message.AcceptedAt).SetProperty(x => x.Rating, message.Rating), cancellationToken);
        await memory.KeepAsync(job, message.DeliveryId, cancellationToken);
        if (message.Rating is { } rating)
        {
            await db.RatedAsync(message.TranslatorId, rating, cancellationToken);
        }

        if (message.Thanks is { } thanks)
        {
            await db.DeliveryTexts.Where(t => t.DeliveryId == message.DeliveryId).ExecuteUpdateAsync(
                t => t.SetProperty(x => x.Thanks, thanks.Bytes), cancellationToken);
        }

        await LiveSignal.Person(message.TranslatorId).SendAsync(db, cancellationToken);
    }
}

using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.MyWork;

/// <summary>The merchant is content: the translator sees it, with rating and thanks.</summary>
public sealed class DeliveryAcceptedConsumer(MarketplaceDbContext db, TimeProvider time) : IConsumer<DeliveryAccepted>
{
    public async Task Consume(ConsumeContext<DeliveryAccepted> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        var accepted = await db.Jobs
            .Where(j => j.Id == message.JobId && j.State == JobState.InReview)
            .ExecuteUpdateAsync(
                job => job
                    .SetProperty(j => j.State, JobState.Accepted)
                    .SetProperty(j => j.ChangedAt, time.GetUtcNow())
                    .SetProperty(j => j.Version, j => j.Version + 1),
                cancellationToken);
        if (accepted == 0)
        {
            return;
        }

        await db.Deliveries.Where(d => d.Id == message.DeliveryId && d.JobId == message.JobId).ExecuteUpdateAsync(
            d => d.SetProperty(x => x.AcceptedAt, message.AcceptedAt).SetProperty(x => x.Rating, message.Rating), cancellationToken);
        if (message.Thanks is { } thanks)
        {
            await db.DeliveryTexts.Where(t => t.DeliveryId == message.DeliveryId).ExecuteUpdateAsync(
                t => t.SetProperty(x => x.Thanks, thanks.Bytes), cancellationToken);
        }

        await LiveSignal.Person(message.TranslatorId).SendAsync(db, cancellationToken);
    }
}

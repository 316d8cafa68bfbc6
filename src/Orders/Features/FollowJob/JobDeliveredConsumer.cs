using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.ApiKeys;
using Zweizeiler.Orders.Persistence;

namespace Zweizeiler.Orders.Features.FollowJob;

/// <summary>A text is there: it is kept, sealed as it came, whether or not something newer overtook it.</summary>
internal sealed class JobDeliveredConsumer(OrdersDbContext db, IPublishEndpoint publish) : IConsumer<JobDelivered>
{
    public async Task Consume(ConsumeContext<JobDelivered> context)
    {
        var message = context.Message;
        var job = await db.LockAsync(message.JobId, message.MerchantId, context.CancellationToken);
        if (!await db.Deliveries.IgnoreQueryFilters().AnyAsync(d => d.Id == message.DeliveryId, context.CancellationToken))
        {
            db.Deliveries.Add(new Delivery
            {
                Id = message.DeliveryId,
                JobId = job.Id,
                MerchantId = job.MerchantId,
                Mode = job.Mode,
                Version = message.DeliveryVersion,
                TranslatorId = message.TranslatorId,
                Characters = message.Characters,
                Lines = message.Lines,
                DeliveredAt = message.DeliveredAt,
            });
            db.DeliveryTexts.Add(new DeliveryText { DeliveryId = message.DeliveryId, Content = message.Content });
        }

        job.Delivered(message.Version, message.DeliveryId, message.TranslatorId, message.DeliveredAt);
        await db.SettleSpendingAsync(job, context.CancellationToken);
        await publish.PublishStepsAsync(job, context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}

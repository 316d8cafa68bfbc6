using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Complaints;
using Zweizeiler.Orders.Persistence;

namespace Zweizeiler.Orders.Features.FollowJob;

/// <summary>A text is there: it is kept, sealed as it came, whether or not something newer overtook it.</summary>
internal sealed class JobDeliveredConsumer(OrdersDbContext db, IPublishEndpoint publish) : IConsumer<JobDelivered>
{
    public Task Consume(ConsumeContext<JobDelivered> context) => db.ApplyAsync(
        publish,
        context.Message.JobId,
        context.Message.MerchantId,
        job => DeliveredAsync(job, context.Message, context.CancellationToken),
        context.CancellationToken);

    private async Task DeliveredAsync(Job job, JobDelivered message, CancellationToken cancellationToken)
    {
        if (!await db.Deliveries.IgnoreQueryFilters().AnyAsync(d => d.Id == message.DeliveryId, cancellationToken))
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
                Call = message.Call,
                IsCorrection = message.IsCorrection,
            });
            db.DeliveryTexts.Add(new DeliveryText { DeliveryId = message.DeliveryId, Content = message.Content });
            if (message.DeliveryVersion == 1 && job.Mode == "live")
            {
                // Promises are computed from it; a scripted translator's haste would spoil them.
                db.DeliveryTimes.Add(DeliveryTime.Of(job, message.DeliveredAt));
            }
        }

        if (!message.IsCorrection)
        {
            job.Delivered(message.Version, message.DeliveryId, message.TranslatorId, message.DeliveredAt);
        }
        else if (await db.ComplaintOfAsync(job, cancellationToken) is { } complaint)
        {
            job.Corrected(complaint, message.DeliveryId, message.TranslatorId, message.DeliveredAt);
        }
    }
}

using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.ApiKeys;
using Zweizeiler.Orders.Features.Complaints;
using Zweizeiler.Orders.Persistence;

namespace Zweizeiler.Orders.Features.ReviewJob;

/// <summary>A second translator ruled on a rejection or on a contested complaint.</summary>
internal sealed class RulingGivenConsumer(OrdersDbContext db, IPublishEndpoint publish) : IConsumer<RulingGiven>
{
    public async Task Consume(ConsumeContext<RulingGiven> context)
    {
        var ruling = context.Message;
        var job = await db.LockAsync(ruling.JobId, ruling.MerchantId, context.CancellationToken);
        if (ruling.ComplaintId is { } id)
        {
            var complaint = await db.Complaints.IgnoreQueryFilters().SingleAsync(c => c.Id == id && c.JobId == job.Id, context.CancellationToken);
            if (job.RuledOn(complaint, ruling.DeliveryStands, ruling.RuledAt))
            {
                await publish.PublishDecidedAsync(job, complaint, byRuling: true, ruling.RuledAt, context.CancellationToken);
            }
        }
        else if (job.Ruled(ruling.Version, ruling.DeliveryStands, ruling.RuledAt))
        {
            await PublishAsync(job, ruling, context.CancellationToken);
        }

        await db.SettleSpendingAsync(job, context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }

    private async Task PublishAsync(Job job, RulingGiven ruling, CancellationToken cancellationToken)
    {
        if (ruling.DeliveryStands)
        {
            var delivery = await db.Deliveries.IgnoreQueryFilters().SingleAsync(d => d.Id == job.DeliveryId, cancellationToken);
            await publish.PublishAcceptedAsync(job, delivery, thanks: null, AcceptedHow.ByRuling, ruling.RuledAt, cancellationToken);
        }
        else
        {
            await publish.Publish(new JobRefunded(job.Id, job.MerchantId, ruling.RuledAt), cancellationToken);
            await publish.PublishStepsAsync(job, cancellationToken);
        }
    }
}

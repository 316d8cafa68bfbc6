using MassTransit;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Orders.Features.FollowJob;
using Zweizeiler.Orders.Persistence;

namespace Zweizeiler.Orders.Features.CancelJob;

/// <summary>The job was cancelled in time.</summary>
internal sealed class JobCancelledConsumer(OrdersDbContext db, IPublishEndpoint publish) : IConsumer<JobCancelled>
{
    public Task Consume(ConsumeContext<JobCancelled> context) => db.ApplyAsync(
        publish,
        context.Message.JobId,
        context.Message.MerchantId,
        job => job.Cancelled(context.Message.Version, context.Message.TranslatorId, context.Message.CancelledAt),
        context.CancellationToken);
}

/// <summary>A delivery came first.</summary>
internal sealed class CancellationRefusedConsumer(OrdersDbContext db, IPublishEndpoint publish) : IConsumer<CancellationRefused>
{
    public Task Consume(ConsumeContext<CancellationRefused> context) => db.ApplyAsync(
        publish,
        context.Message.JobId,
        context.Message.MerchantId,
        job => job.CancellationRefused(context.Message.RefusedAt),
        context.CancellationToken);
}

using MassTransit;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Orders.Persistence;

namespace Zweizeiler.Orders.Features.FollowJob;

/// <summary>Translators can see the job.</summary>
internal sealed class JobOfferedConsumer(OrdersDbContext db, IPublishEndpoint publish) : IConsumer<JobOffered>
{
    public Task Consume(ConsumeContext<JobOffered> context) => db.ApplyAsync(
        publish,
        context.Message.JobId,
        context.Message.MerchantId,
        job => job.Offered(context.Message.Version, context.Message.OfferedAt),
        context.CancellationToken);
}

/// <summary>Somebody works on the job.</summary>
internal sealed class JobClaimedConsumer(OrdersDbContext db, IPublishEndpoint publish) : IConsumer<JobClaimed>
{
    public Task Consume(ConsumeContext<JobClaimed> context) => db.ApplyAsync(
        publish,
        context.Message.JobId,
        context.Message.MerchantId,
        job => job.Claimed(context.Message.Version, context.Message.TranslatorId, context.Message.DisplayName, context.Message.ClaimedAt),
        context.CancellationToken);
}

/// <summary>The job is in the pool again.</summary>
internal sealed class JobReleasedConsumer(OrdersDbContext db, IPublishEndpoint publish) : IConsumer<JobReleased>
{
    public Task Consume(ConsumeContext<JobReleased> context) => db.ApplyAsync(
        publish,
        context.Message.JobId,
        context.Message.MerchantId,
        job => job.Released(context.Message.Version, context.Message.ReleasedAt),
        context.CancellationToken);
}

/// <summary>The job will miss its promise unless somebody takes it: it is offered wider, or at a higher fee.</summary>
internal sealed class JobEscalatedConsumer(OrdersDbContext db, IPublishEndpoint publish) : IConsumer<JobEscalated>
{
    public Task Consume(ConsumeContext<JobEscalated> context) => db.ApplyAsync(
        publish,
        context.Message.JobId,
        context.Message.MerchantId,
        job => job.Escalated(context.Message.Version, context.Message.EscalatedAt, context.Message.Step),
        context.CancellationToken);
}

/// <summary>Somebody works on the job, but it does not come in time.</summary>
internal sealed class JobDelayedConsumer(OrdersDbContext db, IPublishEndpoint publish) : IConsumer<JobDelayed>
{
    public Task Consume(ConsumeContext<JobDelayed> context) => db.ApplyAsync(
        publish,
        context.Message.JobId,
        context.Message.MerchantId,
        job => job.Delayed(context.Message.Version, context.Message.TranslatorId, context.Message.DeliveryId, context.Message.DelayedAt),
        context.CancellationToken);
}

/// <summary>Nobody could be found in time, or there was no money in time.</summary>
internal sealed class JobExpiredConsumer(OrdersDbContext db, IPublishEndpoint publish) : IConsumer<JobExpired>
{
    public Task Consume(ConsumeContext<JobExpired> context) => db.ApplyAsync(
        publish,
        context.Message.JobId,
        context.Message.MerchantId,
        job => job.Expired(context.Message.Version, context.Message.ExpiredAt, context.Message.Unpaid),
        context.CancellationToken);
}

using MassTransit;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Orders.Persistence;

namespace Zweizeiler.Orders.Features.FollowJob;

/// <summary>The price is reserved: the job may be offered.</summary>
internal sealed class JobFundedConsumer(OrdersDbContext db, IPublishEndpoint publish) : IConsumer<JobFunded>
{
    public Task Consume(ConsumeContext<JobFunded> context) => db.ApplyAsync(
        publish, context.Message.JobId, context.Message.MerchantId, job => job.Funded(context.Message.FundedAt), context.CancellationToken);
}

/// <summary>The merchant's balance does not suffice: she has to act, and the job goes on when it does.</summary>
internal sealed class JobFundingDeclinedConsumer(OrdersDbContext db, IPublishEndpoint publish) : IConsumer<JobFundingDeclined>
{
    public Task Consume(ConsumeContext<JobFundingDeclined> context) => db.ApplyAsync(
        publish,
        context.Message.JobId,
        context.Message.MerchantId,
        job => job.FundingDeclined(context.Message.Reason, context.Message.DeclinedAt),
        context.CancellationToken);
}

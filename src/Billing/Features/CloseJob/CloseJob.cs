using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Features.SettleJob;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Billing.Features.CloseJob;

/// <summary>A job was cancelled: before anybody worked on it, it costs nothing; afterwards a share, which the translator gets her part of.</summary>
public sealed class JobCancelledConsumer(BillingDbContext db, Settlement settlement) : IConsumer<JobCancelled>
{
    public Task Consume(ConsumeContext<JobCancelled> context)
    {
        var cancelled = context.Message;
        return CloseJob.KeepAndSettleAsync(context, db, settlement, new Ending
        {
            JobId = cancelled.JobId,
            MerchantId = cancelled.MerchantId,
            Kind = EndingKind.Cancelled,
            TranslatorId = cancelled.TranslatorId,
            MessageId = context.MessageId ?? Guid.Empty,
            EndedAt = cancelled.CancelledAt,
        });
    }
}

/// <summary>Nobody could be found for a job: nothing is charged.</summary>
public sealed class JobExpiredConsumer(BillingDbContext db, Settlement settlement) : IConsumer<JobExpired>
{
    public Task Consume(ConsumeContext<JobExpired> context)
    {
        var expired = context.Message;
        return CloseJob.KeepAndSettleAsync(context, db, settlement, new Ending
        {
            JobId = expired.JobId,
            MerchantId = expired.MerchantId,
            Kind = EndingKind.Expired,
            MessageId = context.MessageId ?? Guid.Empty,
            EndedAt = expired.ExpiredAt,
        });
    }
}

/// <summary>The ruling went against the delivery: nothing is charged, and nobody earns anything.</summary>
public sealed class JobRefundedConsumer(BillingDbContext db, Settlement settlement) : IConsumer<JobRefunded>
{
    public Task Consume(ConsumeContext<JobRefunded> context)
    {
        var refunded = context.Message;
        return CloseJob.KeepAndSettleAsync(context, db, settlement, new Ending
        {
            JobId = refunded.JobId,
            MerchantId = refunded.MerchantId,
            Kind = EndingKind.Refunded,
            MessageId = context.MessageId ?? Guid.Empty,
            EndedAt = refunded.RefundedAt,
        });
    }
}

internal static class CloseJob
{
    /// <summary>An ending is kept like an acceptance: a job that arrives after it is not even reserved for.</summary>
    public static async Task KeepAndSettleAsync(ConsumeContext context, BillingDbContext db, Settlement settlement, Ending ending)
    {
        var cancellation = context.CancellationToken;
        await db.EnterJobAsync(ending.JobId, cancellation);
        if (await db.Endings.IgnoreQueryFilters().AnyAsync(e => e.JobId == ending.JobId, cancellation))
        {
            return;
        }

        db.Endings.Add(ending);
        await settlement.SettleAsync(context, ending.JobId);
    }
}

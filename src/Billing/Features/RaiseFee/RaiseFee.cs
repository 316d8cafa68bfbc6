using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Features.SettleJob;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Billing.Features.RaiseFee;

/// <summary>
/// A late job is offered at a higher fee. The merchant's price stays as it is; the raise is kept, and paid by the platform when the job is
/// charged (at once, if the news of it is late).
/// </summary>
public sealed class JobEscalatedConsumer(BillingDbContext db, Settlement settlement, TimeProvider time) : IConsumer<JobEscalated>
{
    public async Task Consume(ConsumeContext<JobEscalated> context)
    {
        var escalated = context.Message;
        var cancellation = context.CancellationToken;
        if (escalated.RaiseCents <= 0)
        {
            // Offered wider, at the same fee.
            return;
        }

        await db.EnterJobAsync(escalated.JobId, cancellation);
        if (await db.FeeRaises.IgnoreQueryFilters().AnyAsync(r => r.JobId == escalated.JobId && r.Version == escalated.Version, cancellation))
        {
            return;
        }

        db.FeeRaises.Add(new FeeRaise
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            JobId = escalated.JobId,
            MerchantId = escalated.MerchantId,
            Version = escalated.Version,
            RaiseCents = escalated.RaiseCents,
            MessageId = context.MessageId ?? Guid.Empty,
            EscalatedAt = escalated.EscalatedAt,
        });
        await settlement.SettleAsync(context, escalated.JobId);
    }
}

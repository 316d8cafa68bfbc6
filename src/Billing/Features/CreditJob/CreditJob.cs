using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Features.SettleJob;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Billing.Features.CreditJob;

/// <summary>A complaint led to a credit: what was charged goes back, whole and once, as soon as it is charged.</summary>
public sealed class ComplaintCreditedConsumer(BillingDbContext db, Settlement settlement) : IConsumer<ComplaintCredited>
{
    public async Task Consume(ConsumeContext<ComplaintCredited> context)
    {
        var credited = context.Message;
        var cancellation = context.CancellationToken;
        await db.EnterJobAsync(credited.JobId, cancellation);
        if (await db.Credits.IgnoreQueryFilters().AnyAsync(c => c.JobId == credited.JobId, cancellation))
        {
            return;
        }

        db.Credits.Add(new Credit
        {
            JobId = credited.JobId,
            MerchantId = credited.MerchantId,
            ComplaintId = credited.ComplaintId,
            TranslatorId = credited.TranslatorId,
            ByRuling = credited.ByRuling,
            MessageId = context.MessageId ?? Guid.Empty,
            CreditedAt = credited.CreditedAt,
        });
        await settlement.SettleAsync(context, credited.JobId);
    }
}

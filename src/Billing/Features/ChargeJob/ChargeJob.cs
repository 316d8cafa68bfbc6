using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Features.SettleJob;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Billing.Features.ChargeJob;

/// <summary>
/// A delivery was accepted. That is kept first, whatever else is known: if the job itself has not arrived yet, it is charged when it does.
/// </summary>
public sealed class DeliveryAcceptedConsumer(BillingDbContext db, Settlement settlement) : IConsumer<DeliveryAccepted>
{
    public async Task Consume(ConsumeContext<DeliveryAccepted> context)
    {
        var accepted = context.Message;
        var cancellation = context.CancellationToken;
        await db.EnterJobAsync(accepted.JobId, cancellation);
        if (await db.Acceptances.IgnoreQueryFilters().AnyAsync(a => a.JobId == accepted.JobId, cancellation))
        {
            return;
        }

        db.Acceptances.Add(new Acceptance
        {
            JobId = accepted.JobId,
            MerchantId = accepted.MerchantId,
            TranslatorId = accepted.TranslatorId,
            DeliveryId = accepted.DeliveryId,
            MessageId = context.MessageId ?? Guid.Empty,
            AcceptedAt = accepted.AcceptedAt,
            Lines = Math.Max(0, accepted.Lines),
            CallMinutes = accepted.Call is { Outcome: CallOutcome.Reached } call ? Math.Max(0, call.Minutes) : null,
        });
        await settlement.SettleAsync(context, accepted.JobId);
    }
}

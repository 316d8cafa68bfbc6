using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Orders;

namespace Zweizeiler.Billing.Features.ChargeJob;

/// <summary>
/// Moves the money of a done job, once both the job and its acceptance are known, in whichever order they came: out of the reservation what is
/// due, back what is left, the net to translator and platform, a line on the invoice.
/// </summary>
public sealed partial class Settlement(BillingDbContext db, Ledger ledger, BillingMetrics metrics, TimeProvider time, ILogger<Settlement> logger)
{
    /// <summary>Call it under the job's lock (<see cref="BillingDbContext.LockJobAsync"/>).</summary>
    public async Task SettleAsync(ConsumeContext context, Job job)
    {
        var acceptance = await db.Acceptances.IgnoreQueryFilters().SingleOrDefaultAsync(a => a.JobId == job.Id, context.CancellationToken);
        if (acceptance is null || job.State == JobState.Charged || !job.IsLive)
        {
            return;
        }

        if (job.State != JobState.Funded)
        {
            // Nobody should have done it; the acceptance is kept, and people must look at it.
            LogNotFunded(job.Id);
            return;
        }

        var price = job.Price;
        var now = time.GetUtcNow();
        job.Charge(price.GrossCents);
        await PostAsync(job, acceptance, now, context.CancellationToken);
        db.InvoiceLines.Add(InvoiceLine.ForCharge(job, acceptance.AcceptedAt, now));
        await context.Publish(
            new JobCharged(job.Id, job.MerchantId, price.NetCents, price.TaxCents, price.Currency, now), context.CancellationToken);
        await context.Publish(
            new EarningCredited(job.Id, acceptance.TranslatorId, price.TranslatorFeeCents, price.Currency, now), context.CancellationToken);
        metrics.Charged(price.NetCents);
    }

    private async Task PostAsync(Job job, Acceptance acceptance, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var price = job.Price;
        var (balance, reserved, payable) =
            (AccountKey.BalanceOf(job.MerchantId), AccountKey.ReservedOf(job.MerchantId), AccountKey.PayableTo(acceptance.TranslatorId));
        var accounts = await ledger.OpenAsync(
            cancellationToken, balance, reserved, payable, AccountKey.Revenue, AccountKey.Tax, AccountKey.PlatformShare);
        var cause = new Cause(nameof(DeliveryAccepted), acceptance.MessageId, "Delivery accepted", acceptance.AcceptedAt);

        Post(EntryKind.Charge, job.MerchantId, (reserved, -price.GrossCents), (AccountKey.Revenue, price.NetCents), (AccountKey.Tax, price.TaxCents));
        var rest = job.ReservedCents - price.GrossCents;
        Post(EntryKind.Release, job.MerchantId, (reserved, -rest), (balance, rest));
        Post(
            EntryKind.Earning, null,
            (AccountKey.Revenue, -price.NetCents),
            (payable, price.TranslatorFeeCents),
            (AccountKey.PlatformShare, price.NetCents - price.TranslatorFeeCents));
        return;

        void Post(EntryKind kind, Guid? merchant, params (AccountKey Account, long Cents)[] postings)
        {
            // Without tax there is no tax posting, and without a rest nothing is released.
            var moved = postings.Where(p => p.Cents != 0).Select(p => (accounts[p.Account], p.Cents)).ToArray();
            if (moved.Length > 0)
            {
                ledger.Post(Entry.Of(kind, job.Id, job.Id, merchant, cause, now, moved));
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The delivery of job {JobId} was accepted, though the job was never funded; nothing is charged")]
    private partial void LogNotFunded(Guid jobId);
}

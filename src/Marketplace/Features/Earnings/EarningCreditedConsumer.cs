using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Earnings;

/// <summary>Keeps what Billing credited; one earning a job, whatever is repeated. A raise that was told late brings the whole sum anew, and the newest counts.</summary>
public sealed class EarningCreditedConsumer(MarketplaceDbContext db) : IConsumer<EarningCredited>
{
    public async Task Consume(ConsumeContext<EarningCredited> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        var inserted = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO earnings AS e (job_id, translator_id, fee_cents, currency, credited_at, taken_back_at)
            VALUES ({message.JobId}, {message.TranslatorId}, {message.FeeCents}, {message.Currency}, {message.CreditedAt},
                    (SELECT min(c.credited_at) FROM complaints c WHERE c.job_id = {message.JobId} AND c.by_ruling))
            ON CONFLICT (job_id) DO UPDATE SET fee_cents = excluded.fee_cents, credited_at = excluded.credited_at
            WHERE e.fee_cents <> excluded.fee_cents AND e.credited_at < excluded.credited_at
            """,
            cancellationToken);
        if (inserted > 0)
        {
            await LiveSignal.Person(message.TranslatorId).SendAsync(db, cancellationToken);
        }
    }
}

using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Earnings;

/// <summary>Keeps what Billing credited; one earning a job, whatever is repeated.</summary>
public sealed class EarningCreditedConsumer(MarketplaceDbContext db) : IConsumer<EarningCredited>
{
    public async Task Consume(ConsumeContext<EarningCredited> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        var inserted = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO earnings (job_id, translator_id, fee_cents, currency, credited_at)
            VALUES ({message.JobId}, {message.TranslatorId}, {message.FeeCents}, {message.Currency}, {message.CreditedAt})
            ON CONFLICT (job_id) DO NOTHING
            """,
            cancellationToken);
        if (inserted > 0)
        {
            await LiveSignal.Person(message.TranslatorId).SendAsync(db, cancellationToken);
        }
    }
}

using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Marketplace.Features.TakeIn;

/// <summary>The money is reserved: the job opens to translators, now or as soon as its content is here.</summary>
public sealed class JobFundedConsumer(MarketplaceDbContext db, Offering offering) : IConsumer<JobFunded>
{
    public async Task Consume(ConsumeContext<JobFunded> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        await db.EnterJobAsync(message.JobId, cancellationToken);
        // Locked, because the timer that ends a job without money does not pass the gate.
        if (await db.LockJobAsync(message.JobId, cancellationToken) is { } job)
        {
            await offering.FundAsync(job, message.TranslatorFeeCents, message.FundedAt, context, cancellationToken);
        }
        else if (await db.EarlyFundings.SingleOrDefaultAsync(f => f.JobId == message.JobId, cancellationToken) is not { } early)
        {
            db.Add(new EarlyFunding { JobId = message.JobId, FeeCents = message.TranslatorFeeCents, DecidedAt = message.FundedAt });
        }
        else if (early.FeeCents is null)
        {
            // Declined first; before anybody looked, the money came.
            early.DeclinedAt ??= early.DecidedAt;
            (early.FeeCents, early.DecidedAt) = (message.TranslatorFeeCents, message.FundedAt);
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}

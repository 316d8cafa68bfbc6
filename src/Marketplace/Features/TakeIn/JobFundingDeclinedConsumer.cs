using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Marketplace.Features.TakeIn;

/// <summary>There is no money: nobody is asked, and the text has no reason to be here any more.</summary>
public sealed class JobFundingDeclinedConsumer(MarketplaceDbContext db, TimeProvider time) : IConsumer<JobFundingDeclined>
{
    public async Task Consume(ConsumeContext<JobFundingDeclined> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        await db.EnterJobAsync(message.JobId, cancellationToken);
        if (await db.Jobs.SingleOrDefaultAsync(j => j.Id == message.JobId, cancellationToken) is { } job)
        {
            if (job.Decline(time.GetUtcNow()))
            {
                await db.JobTexts.Where(t => t.JobId == job.Id).ExecuteDeleteAsync(cancellationToken);
            }
        }
        else if (!await db.EarlyFundings.AnyAsync(f => f.JobId == message.JobId, cancellationToken))
        {
            db.Add(new EarlyFunding { JobId = message.JobId, FeeCents = null, DecidedAt = message.DeclinedAt });
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}

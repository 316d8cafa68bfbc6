using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Escalation;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Marketplace.Features.TakeIn;

/// <summary>
/// There is no money: nobody is asked. As long as it may still come, the sealed text waits with the job; otherwise it has no reason to be here any more.
/// </summary>
public sealed class JobFundingDeclinedConsumer(MarketplaceDbContext db, UnpaidJobs unpaid, EscalateJob escalate, TimeProvider time) : IConsumer<JobFundingDeclined>
{
    public async Task Consume(ConsumeContext<JobFundingDeclined> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        await db.EnterJobAsync(message.JobId, cancellationToken);
        if (await db.LockJobAsync(message.JobId, cancellationToken) is { } job)
        {
            await DeclineAsync(job, message, cancellationToken);
        }
        else if (await db.EarlyFundings.SingleOrDefaultAsync(f => f.JobId == message.JobId, cancellationToken) is { } early)
        {
            (early.DeclinedAt, early.DeclineReason) = (message.DeclinedAt, message.Reason);
        }
        else
        {
            db.Add(new EarlyFunding
            {
                JobId = message.JobId,
                DecidedAt = message.DeclinedAt,
                DeclinedAt = message.DeclinedAt,
                DeclineReason = message.Reason,
            });
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task DeclineAsync(Job job, JobFundingDeclined message, CancellationToken cancellationToken)
    {
        var (now, promise) = (time.GetUtcNow(), job.DeliverBy);
        if (job.Decline(message.DeclinedAt, now))
        {
            unpaid.Watch(job, now);
            if (!UnpaidJobs.MayGoOn(message.Reason))
            {
                await db.JobTexts.Where(t => t.JobId == job.Id).ExecuteDeleteAsync(cancellationToken);
            }
        }
        else if (job.State == JobState.Open && job.DeliverBy != promise)
        {
            // The money was told of first: the steps of the escalation come later by now.
            escalate.Watch(job, now);
        }
    }
}

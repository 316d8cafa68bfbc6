using MassTransit;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Escalation;

/// <summary>
/// Nobody is ignored: a job that nobody takes is offered wider, then at a higher fee that the platform bears, then released, each told to the merchant
/// and all of it before the promise is broken. While a question waits for its answer the clock stands still.
/// </summary>
public sealed class EscalateJob(MarketplaceDbContext db, EscalationRules rules, IPublishEndpoint publish)
{
    /// <summary>Sets the timer for the next step of a job that is on offer. Called whenever it comes on offer and whenever its clock goes on.</summary>
    public void Watch(Job job, DateTimeOffset now) => db.Add(DueTimer.ForEscalation(job.Id, rules.Next(job, now).At, now));

    /// <summary>Does what is due, inside the worker's transaction.</summary>
    public async Task RunAsync(DueTimer timer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.LockJobAsync(timer.JobId, cancellationToken) is not { State: JobState.Open } job
            || await db.HasOpenQuestionAsync(job.Id, cancellationToken))
        {
            // Whoever brings it back on offer, or answers, sets a timer of their own.
            return;
        }

        var (step, at) = rules.Next(job, now);
        if (at > now)
        {
            return;
        }

        switch (step)
        {
            case EscalationStep.Expire when job.Expire(now):
                await publish.Publish(new JobExpired(job.Id, job.MerchantId, job.Version, now), cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                await db.EraseTextsAsync(job.Id, cancellationToken);
                break;
            case EscalationStep.Widen when job.Widen(now):
                await TellAsync(job, "widened", now, cancellationToken);
                break;
            case EscalationStep.Raise when job.RaiseFee(rules.Raise(job.FeeCents), now):
                await TellAsync(job, "fee_raised", now, cancellationToken);
                break;
            default:
                return;
        }

        await LiveSignal.Job(job.Id).SendAsync(db, cancellationToken);
    }

    private async Task TellAsync(Job job, string step, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await publish.Publish(new JobEscalated(job.Id, job.MerchantId, job.Version, step, job.RaiseCents, now), cancellationToken);
        Watch(job, now);
        await db.SaveChangesAsync(cancellationToken);
    }
}

using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Marketplace.Features.Cancellations;

/// <summary>
/// The merchant does not want the job any more. Whether that comes before a claim, after it or too late, is decided by one conditional update: claims
/// and deliveries are such updates too, and of two at once one wins. A wish that overtakes its job is kept until the job is here.
/// </summary>
public sealed class CancellationRequestedConsumer(MarketplaceDbContext db, TimeProvider time) : IConsumer<CancellationRequested>
{
    public async Task Consume(ConsumeContext<CancellationRequested> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        await db.EnterJobAsync(message.JobId, cancellationToken);
        var now = time.GetUtcNow();
        // What was handed in once, and is revised or asked about since, is delivered work. Who held it stays named: she is paid a share.
        var cancelled = await db.Jobs
            .Where(j => j.Id == message.JobId
                && (j.State == JobState.Placed || j.State == JobState.PaymentRequired || j.State == JobState.Open || j.State == JobState.InProgress
                    || (j.State == JobState.OnHold && j.ClaimId != null)))
            .ExecuteUpdateAsync(
                job => job
                    .SetProperty(j => j.State, JobState.Cancelled)
                    .SetProperty(j => j.ClaimId, (Guid?)null)
                    .SetProperty(j => j.LeaseUntil, (DateTimeOffset?)null)
                    .SetProperty(j => j.LeaseLeft, (TimeSpan?)null)
                    .SetProperty(j => j.ChangedAt, now)
                    .SetProperty(j => j.Version, j => j.Version + 1),
                cancellationToken);
        if (cancelled == 1)
        {
            await EndAsync(message.JobId, now, context, cancellationToken);
        }
        else if (await db.LockJobAsync(message.JobId, cancellationToken) is not { } job)
        {
            if (!await db.EarlyCancellations.AnyAsync(c => c.JobId == message.JobId, cancellationToken))
            {
                db.Add(new EarlyCancellation { JobId = message.JobId, RequestedAt = message.RequestedAt });
            }
        }
        else if (job.State is not (JobState.Cancelled or JobState.Expired))
        {
            job.Mention(now);
            await context.Publish(new CancellationRefused(job.Id, job.MerchantId, job.Version, now), cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task EndAsync(Guid jobId, DateTimeOffset now, IPublishEndpoint publish, CancellationToken cancellationToken)
    {
        var job = await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == jobId, cancellationToken);
        await db.Claims.Where(c => c.JobId == jobId && c.EndedAt == null).ExecuteUpdateAsync(
            c => c.SetProperty(x => x.EndedAt, now).SetProperty(x => x.Outcome, ClaimOutcome.Cancelled), cancellationToken);
        await db.EraseTextsAsync(jobId, cancellationToken);
        await publish.Publish(new JobCancelled(jobId, job.MerchantId, job.Version, job.HolderId, now), cancellationToken);
        await LiveSignal.Job(jobId).SendAsync(db, cancellationToken);
        if (job.HolderId is { } holder)
        {
            await LiveSignal.Person(holder).SendAsync(db, cancellationToken);
        }
    }
}

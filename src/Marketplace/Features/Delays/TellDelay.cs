using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Delays;

/// <summary>
/// No promise is broken in silence: when a job in somebody's hands will not make it, or a revision is overdue, the merchant is told, once. Nothing is
/// taken from the translator by that; while a question waits for its answer the clock stands still.
/// </summary>
public sealed class TellDelay(MarketplaceDbContext db, IPublishEndpoint publish)
{
    /// <summary>Sets the timer. Called whenever somebody begins to write and whenever the time for it moves; earlier timers find nothing to do.</summary>
    public void Watch(Job job, DateTimeOffset now)
    {
        if (job.LateAt is { } at)
        {
            db.Add(DueTimer.ForDelay(job.Id, at, now));
        }
    }

    /// <summary>Tells it if it is so, inside the worker's transaction.</summary>
    public async Task RunAsync(DueTimer timer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.LockJobAsync(timer.JobId, cancellationToken) is not { HolderId: { } holder } job || !job.TellDelay(now))
        {
            return;
        }

        var revised = job.State == JobState.InRevision
            ? await db.Deliveries.Where(d => d.JobId == job.Id).OrderByDescending(d => d.Version).Select(d => (Guid?)d.Id).FirstAsync(cancellationToken)
            : null;
        await publish.Publish(new JobDelayed(job.Id, job.MerchantId, job.Version, holder, revised, now), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }
}

using MassTransit;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.ApiKeys;
using Zweizeiler.Orders.Persistence;

namespace Zweizeiler.Orders.Features.FollowJob;

internal static class Facts
{
    /// <summary>Applies a fact to its job, whose row is locked meanwhile, and tells the merchant's side what follows from it.</summary>
    public static Task ApplyAsync(
        this OrdersDbContext db, IPublishEndpoint publish, Guid jobId, Guid merchantId, Action<Job> fact, CancellationToken cancellationToken) =>
        db.ApplyAsync(
            publish,
            jobId,
            merchantId,
            job =>
            {
                fact(job);
                return Task.CompletedTask;
            },
            cancellationToken);

    /// <summary>The same for a fact that brings something along to be stored.</summary>
    public static async Task ApplyAsync(
        this OrdersDbContext db, IPublishEndpoint publish, Guid jobId, Guid merchantId, Func<Job, Task> fact, CancellationToken cancellationToken)
    {
        var job = await db.LockAsync(jobId, merchantId, cancellationToken);
        await fact(job);
        await db.SettleSpendingAsync(job, cancellationToken);
        await publish.PublishStepsAsync(job, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }
}

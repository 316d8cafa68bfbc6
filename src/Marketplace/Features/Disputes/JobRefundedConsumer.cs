using MassTransit;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Disputes;

/// <summary>The ruling went against the delivery, and Orders has drawn the consequence: nothing is charged, nothing is paid.</summary>
public sealed class JobRefundedConsumer(MarketplaceDbContext db, TimeProvider time) : IConsumer<JobRefunded>
{
    public async Task Consume(ConsumeContext<JobRefunded> context)
    {
        var cancellationToken = context.CancellationToken;
        if (await db.LockJobAsync(context.Message.JobId, cancellationToken) is { HolderId: { } writer } job && job.Refund(time.GetUtcNow()))
        {
            await db.SaveChangesAsync(cancellationToken);
            await LiveSignal.Person(writer).SendAsync(db, cancellationToken);
        }
    }
}

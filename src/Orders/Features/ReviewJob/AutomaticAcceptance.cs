using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;

namespace Zweizeiler.Orders.Features.ReviewJob;

/// <summary>Accepts deliveries to which nobody objected in time.</summary>
internal sealed class AutomaticAcceptance(IServiceScopeFactory scopes, TimeProvider time, ILogger<AutomaticAcceptance> logger)
    : DueJobs(scopes, time, logger)
{
    protected override FormattableString LockDue(DateTimeOffset now, int limit) =>
        $"SELECT id FROM jobs WHERE acceptance_due_at <= {now} ORDER BY acceptance_due_at LIMIT {limit} FOR UPDATE SKIP LOCKED";

    protected override async Task WorkOffAsync(IReadOnlyList<Job> due, IServiceProvider services, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<OrdersDbContext>();
        var publish = services.GetRequiredService<IPublishEndpoint>();
        var ids = due.Select(j => j.DeliveryId).ToList();
        var deliveries = await db.Deliveries.AsNoTracking().IgnoreQueryFilters()
            .Where(d => ids.Contains(d.Id)).ToDictionaryAsync(d => d.Id, cancellationToken);
        foreach (var job in due)
        {
            job.Accept(Acceptance.ByTime, now);
            await publish.PublishAcceptedAsync(job, deliveries[job.DeliveryId!.Value], thanks: null, AcceptedHow.ByTime, now, cancellationToken);
        }
    }
}

using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;

namespace Zweizeiler.Orders.Features.Complaints;

/// <summary>Credits complaints to which no corrected delivery came in time.</summary>
internal sealed class OverdueCorrections(IServiceScopeFactory scopes, TimeProvider time, ILogger<OverdueCorrections> logger)
    : DueJobs(scopes, time, logger)
{
    protected override FormattableString LockDue(DateTimeOffset now, int limit) =>
        $"SELECT id FROM jobs WHERE complaint_state = 'open' AND correction_due_at <= {now} ORDER BY correction_due_at LIMIT {limit} FOR UPDATE SKIP LOCKED";

    protected override async Task WorkOffAsync(IReadOnlyList<Job> due, IServiceProvider services, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<OrdersDbContext>();
        var publish = services.GetRequiredService<IPublishEndpoint>();
        var ids = due.Select(j => j.ComplaintId).ToList();
        var complaints = await db.Complaints.IgnoreQueryFilters().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.JobId, cancellationToken);
        foreach (var job in due)
        {
            if (job.CreditOverdue(complaints[job.Id], now))
            {
                await publish.PublishDecidedAsync(job, complaints[job.Id], byRuling: false, now, cancellationToken);
            }
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.Notifications.Workers;

namespace Zweizeiler.Notifications.Features.SendWebhooks;

/// <summary>Sends webhooks, in order a job and endpoint: an event waits until the earlier ones of its job have arrived or were given up.</summary>
public sealed class WebhookWorker(IServiceScopeFactory scopes, WebhookClient client, TimeProvider time, ILogger<WebhookWorker> logger)
    : DueWorker<WebhookDelivery>(scopes, time, logger)
{
    private readonly TimeProvider _time = time;

    protected override RetrySchedule Schedule => RetrySchedule.Webhooks;

    protected override FormattableString Take(DateTimeOffset now, DateTimeOffset leaseUntil, int most) =>
        $"""
        UPDATE webhook_deliveries SET lease_until = {leaseUntil}
        WHERE id IN (
            SELECT d.id FROM webhook_deliveries d
            WHERE d.state = 'waiting' AND d.due_at <= {now} AND (d.lease_until IS NULL OR d.lease_until < {now})
              AND NOT EXISTS (
                SELECT 1 FROM webhook_deliveries earlier
                WHERE earlier.endpoint_id = d.endpoint_id AND earlier.job_id = d.job_id AND earlier.sequence < d.sequence AND earlier.state = 'waiting')
            ORDER BY d.due_at LIMIT {most} FOR UPDATE SKIP LOCKED)
        RETURNING id AS "Value"
        """;

    protected override async Task<bool> SendAsync(
        NotificationsDbContext db, WebhookDelivery sending, IServiceProvider services, CancellationToken cancellationToken)
    {
        var endpoint = await db.WebhookEndpoints.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(e => e.Id == sending.EndpointId, cancellationToken);
        var told = await db.Events.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(e => e.Id == sending.EventId, cancellationToken);
        if (endpoint is null || told is null)
        {
            // Deleted this moment, and the delivery with it.
            return true;
        }

        var started = _time.GetUtcNow();
        var outcome = await client.SendAsync(endpoint, told, cancellationToken);
        db.Add(new WebhookAttempt
        {
            DeliveryId = sending.Id,
            Number = sending.Attempts + 1,
            StartedAt = started,
            DurationMilliseconds = (int)outcome.Duration.TotalMilliseconds,
            Status = outcome.Status,
            Failure = outcome.Failure,
        });
        return outcome.Succeeded;
    }
}

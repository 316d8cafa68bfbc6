using Microsoft.EntityFrameworkCore;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.SendMails;
using Zweizeiler.Notifications.Persistence;

namespace Zweizeiler.Notifications.Features.SendWebhooks;

/// <summary>
/// Notices how endpoints do: warns when one has failed for a day, switches it off after five days or when it says that it is gone (410). Days on which
/// nothing was tried do not count: whoever gets an event a week is not switched off for the first one that fails.
/// </summary>
internal static class EndpointHealth
{
    public static async Task JudgeEndpointsAsync(
        this NotificationsDbContext db, IReadOnlyList<WebhookMark> marks, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = marks.GroupBy(m => m.Delivery.EndpointId).Select(g => g.MaxBy(m => m.StartedAt)!).ToLookup(
            m => m.Outcome.Succeeded, m => m.Delivery.EndpointId);
        var (well, failing) = (last[true].Order().ToArray(), last[false].Order().ToArray());
        if (well.Length > 0)
        {
            await db.WebhookEndpoints.IgnoreQueryFilters()
                .Where(e => well.Contains(e.Id) && e.FailingSince != null)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(e => e.FailingSince, (DateTimeOffset?)null).SetProperty(e => e.WarnedAt, (DateTimeOffset?)null), cancellationToken);
        }

        if (failing.Length == 0)
        {
            return;
        }

        var (silent, noted) = (now - WebhookEndpoint.Silence, now - WebhookEndpoint.FailureNoted);
        await db.WebhookEndpoints.IgnoreQueryFilters()
            .Where(e => failing.Contains(e.Id) && (e.FailingSince == null || e.FailedAt == null || e.FailedAt < noted))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(e => e.WarnedAt, e => e.FailedAt < silent ? null : e.WarnedAt)
                    .SetProperty(e => e.FailingSince, e => e.FailingSince == null || e.FailedAt < silent ? now : e.FailingSince)
                    .SetProperty(e => e.FailedAt, now),
                cancellationToken);
        var gone = marks.Where(m => m.Outcome.Status == StatusCodes.Status410Gone).Select(m => m.Delivery.EndpointId).Distinct().Order().ToArray();
        await db.SwitchOffAsync(gone, "gone", since: now, now, cancellationToken);
        await db.SwitchOffAsync(failing, "failing", since: now - WebhookEndpoint.SwitchedOffAfter, now, cancellationToken);
        await db.WarnAsync(failing, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Nothing waits for an endpoint that is off. The event log still has it all, and it can be replayed when the endpoint is well again.</summary>
    public static Task GiveUpWaitingAsync(this NotificationsDbContext db, Guid endpoint, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.WebhookDeliveries.Where(d => d.EndpointId == endpoint && d.State == SendState.Waiting).ExecuteUpdateAsync(
            set => set
                .SetProperty(d => d.State, SendState.GivenUp)
                .SetProperty(d => d.DoneAt, now)
                .SetProperty(d => d.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);

    private static async Task SwitchOffAsync(
        this NotificationsDbContext db, Guid[] endpoints, string reason, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (endpoints.Length == 0)
        {
            return;
        }

        var off = await db.WebhookEndpoints
            .FromSql(
                $"""
                UPDATE webhook_endpoints SET state = 'off', off_reason = {reason}, version = version + 1, updated_at = {now}
                WHERE id = ANY({endpoints}) AND state = 'enabled' AND failing_since <= {since}
                RETURNING *
                """)
            .IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellationToken);
        foreach (var endpoint in off)
        {
            await db.GiveUpWaitingAsync(endpoint.Id, now, cancellationToken);
            Tell(db, MailTemplates.WebhookOff, endpoint, reason, now);
        }
    }

    private static async Task WarnAsync(this NotificationsDbContext db, Guid[] endpoints, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var warned = await db.WebhookEndpoints
            .FromSql(
                $"""
                UPDATE webhook_endpoints SET warned_at = {now}
                WHERE id = ANY({endpoints}) AND state = 'enabled' AND warned_at IS NULL AND failing_since <= {now - WebhookEndpoint.WarnedAfter}
                RETURNING *
                """)
            .IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellationToken);
        warned.ForEach(endpoint => Tell(db, MailTemplates.WebhookFailing, endpoint, "failing", now));
    }

    private static void Tell(NotificationsDbContext db, string template, WebhookEndpoint endpoint, string reason, DateTimeOffset now)
    {
        // Nobody is written to about what a test key does.
        if (endpoint.Mode == "live")
        {
            db.Add(Mails.Of(template, endpoint.MerchantId, $"{template}:{endpoint.Id:N}:{endpoint.FailingSince?.UtcTicks}", now, now, new MailDetails
            {
                Name = new Uri(endpoint.Url).Host,
                Subject = endpoint.Id,
                State = reason,
                Until = endpoint.FailingSince + WebhookEndpoint.SwitchedOffAfter,
            }));
        }
    }
}

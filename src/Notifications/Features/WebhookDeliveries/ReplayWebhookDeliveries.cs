using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.SendWebhooks;
using Zweizeiler.Notifications.Features.WebhookEndpoints;
using Zweizeiler.Notifications.Idempotency;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Notifications.Features.WebhookDeliveries;

/// <summary>Which events are to be sent again.</summary>
public sealed record ReplayRequest(
    [property: Description("Events that were told at or after this time; at most 30 days ago."), Required] DateTimeOffset? From,
    [property: Description("Events that were told before this time; now if not given.")] DateTimeOffset? To = null,
    [property: Description("Only those that have not arrived; all if not given or false.")] bool? OnlyFailed = null);

/// <summary>What is sent again.</summary>
public sealed record ReplayView([property: Description("How many events.")] int Events);

/// <summary><c>POST …/deliveries/{delivery}/replay</c> and <c>POST /v1/webhook-endpoints/{id}/replay</c></summary>
internal static class ReplayWebhookDeliveries
{
    /// <summary>More at once would be in the way of what happens now.</summary>
    private const int Most = 10_000;

    private const string Example = """{ "from": "2026-11-23T08:00:00Z", "to": "2026-11-23T12:00:00Z", "onlyFailed": true }""";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/webhook-endpoints/{id}/deliveries/{delivery}/replay", ReplayOneAsync)
            .SavesOnce()
            .RequireScope(Scope.Admin)
            .WithName("replayWebhookDelivery")
            .WithTags("Webhooks")
            .WithSummary("Send an event again")
            .WithDescription("With the `webhook-id` that it had. One that still waits for its next attempt is tried at once.")
            .Produces<WebhookDeliveryView>()
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);
        app.MapPost("/v1/webhook-endpoints/{id}/replay", ReplaySpanAsync)
            .SavesOnce()
            .RequireScope(Scope.Admin)
            .WithName("replayWebhookEvents")
            .WithTags("Webhooks")
            .WithSummary("Send the events of a time span again")
            .WithDescription($"Of the types that the endpoint wants, also those from before it was made or while it was off; at most {Most} at once. In order a job, with the `webhook-id` that they had.")
            .WithRequestExample("span", "A morning", Example)
            .Produces<ReplayView>()
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);
    }

    private static async Task<Answer> ReplayOneAsync(
        string id, string delivery, NotificationsDbContext db, WebhookSignal signal, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await db.FindDeliveryAsync(id, delivery, cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE webhook_deliveries SET state = 'waiting', failures = 0, due_at = {time.GetUtcNow()}, done_at = NULL
            WHERE id = {found.Id} AND lease_until IS NULL
            """,
            cancellationToken);
        signal.Set();
        await db.Entry(found).ReloadAsync(cancellationToken);
        return Answer.Ok((await db.WithAttemptsAsync([found], cancellationToken))[found.Id]);
    }

    private static async Task<Answer> ReplaySpanAsync(
        string id, Body<ReplayRequest> body, NotificationsDbContext db, WebhookSignal signal, TimeProvider time, CancellationToken cancellationToken)
    {
        var endpoint = await db.FindEndpointAsync(id, cancellationToken);
        var now = time.GetUtcNow();
        var (from, to) = (body.Value.From?.ToUniversalTime(), body.Value.To?.ToUniversalTime() ?? now);
        if (from is null)
        {
            body.Faults.Add("/from", "field.required", "Say from when on events are to be sent again.");
        }
        else if (from < now - JobEvent.KeptFor)
        {
            body.Faults.Add("/from", "replay.too_old", "Events are kept for 30 days; take a later time.");
        }
        else if (to <= from)
        {
            body.Faults.Add("/to", "replay.empty", "The end must lie after the beginning.");
        }

        var events = db.Events.Where(e => e.ToldAt >= from && e.ToldAt < to && (endpoint.Types.Count == 0 || endpoint.Types.Contains(e.Type)));
        var failedOnly = body.Value.OnlyFailed == true;
        if (failedOnly)
        {
            events = events.Where(e => !db.WebhookDeliveries.Any(d => d.EndpointId == endpoint.Id && d.EventId == e.Id && d.State == SendState.Sent));
        }

        body.Faults.ThrowIfAny();
        var chosen = await events.OrderBy(e => e.ToldAt).Select(e => new { e.Id, e.JobId, e.Sequence }).Take(Most + 1).ToListAsync(cancellationToken);
        if (chosen.Count > Most)
        {
            body.Faults.Add("/to", "replay.too_many", $"More than {Most} events lie between; take a shorter time span.");
            body.Faults.ThrowIfAny();
        }

        // What is on its way this moment goes on its way; everything else begins anew.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO webhook_deliveries AS d (id, endpoint_id, event_id, job_id, sequence, state, attempts, failures, due_at, created_at)
            SELECT n.id, {endpoint.Id}, n.event_id, n.job_id, n.sequence, 'waiting', 0, 0, {now}, {now}
            FROM unnest(
              {chosen.Select(_ => Guid.CreateVersion7(now)).ToArray()}, {chosen.Select(e => e.Id).ToArray()}, {chosen.Select(e => e.JobId).ToArray()},
              {chosen.Select(e => e.Sequence).ToArray()}) AS n(id, event_id, job_id, sequence)
            ON CONFLICT (endpoint_id, job_id, sequence)
            DO UPDATE SET state = 'waiting', failures = 0, due_at = {now}, done_at = NULL WHERE d.lease_until IS NULL
            """,
            cancellationToken);
        signal.Set();
        return Answer.Ok(new ReplayView(chosen.Count));
    }
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Notifications.Features.WebhookEndpoints;

/// <summary>A webhook endpoint.</summary>
public sealed record WebhookEndpointView(
    string Id,
    string Url,
    [property: Description("Event types that are sent; empty for all."), ValuesOf(typeof(EventTypes))] IReadOnlyList<string> Types,
    [property: Description("`enabled`; `paused` by you: events wait for it; `off` by us: nothing is sent and nothing waits until you resume it."), AllowedValues("enabled", "paused", "off")]
    string State,
    [property: Description("Why it is off: `failing` for five days, or `gone` (it answered 410)."), AllowedValues("failing", "gone")] string? OffReason,
    [property: Description("Since when nothing has arrived; null if the last attempt did.")] DateTimeOffset? FailingSince,
    [property: Description("Until when signatures are made with the secret before the newest one too.")] DateTimeOffset? PreviousSecretUntil,
    DateTimeOffset CreatedAt)
{
    internal const string Prefix = "whe";

    internal static WebhookEndpointView Of(WebhookEndpoint e) => new(
        PublicId.Format(Prefix, e.Id), e.Url, e.Types, SnakeCase.Name(e.State), e.OffReason, e.FailingSince, e.PreviousUntil, e.CreatedAt);
}

/// <summary>A webhook endpoint with its new secret.</summary>
public sealed record NewWebhookEndpointView(
    string Id,
    string Url,
    [property: ValuesOf(typeof(EventTypes))] IReadOnlyList<string> Types,
    DateTimeOffset CreatedAt,
    [property: Description("Verifies the signatures. Shown this once; keep it.")] string Secret);

internal static class EndpointQueries
{
    /// <exception cref="ApiException">There is none with this id that is the caller's (404).</exception>
    public static async Task<WebhookEndpoint> FindEndpointAsync(this NotificationsDbContext db, string id, CancellationToken cancellationToken) =>
        (PublicId.TryParse(WebhookEndpointView.Prefix, id, out var endpointId)
            ? await db.WebhookEndpoints.SingleOrDefaultAsync(e => e.Id == endpointId, cancellationToken)
            : null)
        ?? throw new ApiException(CommonProblems.NotFound("webhook_endpoint"));
}

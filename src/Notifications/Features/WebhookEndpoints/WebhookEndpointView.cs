using System.ComponentModel;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Notifications.Features.WebhookEndpoints;

/// <summary>A webhook endpoint.</summary>
public sealed record WebhookEndpointView(
    string Id,
    string Url,
    [property: Description("Event types that are sent; empty for all.")] IReadOnlyList<string> Types,
    DateTimeOffset CreatedAt)
{
    internal const string Prefix = "whe";

    internal static WebhookEndpointView Of(WebhookEndpoint e) => new(PublicId.Format(Prefix, e.Id), e.Url, e.Types, e.CreatedAt);
}

/// <summary>A webhook endpoint that was just made.</summary>
public sealed record NewWebhookEndpointView(
    string Id,
    string Url,
    IReadOnlyList<string> Types,
    DateTimeOffset CreatedAt,
    [property: Description("Verifies the signatures. Shown this once; keep it.")] string Secret);

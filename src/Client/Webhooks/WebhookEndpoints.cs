namespace Zweizeiler.Client;

/// <summary>Where events are sent.</summary>
public sealed class WebhookEndpointsResource
{
    private readonly ApiTransport _transport;

    internal WebhookEndpointsResource(ApiTransport transport) => _transport = transport;

    /// <summary>Registers an endpoint. Its secret is in the answer, this once.</summary>
    /// <param name="endpoint">Where to, and which events.</param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<WebhookEndpoint> CreateAsync(
        NewWebhookEndpoint endpoint, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            "v1/webhook-endpoints", endpoint, ApiJson.Default.NewWebhookEndpoint, ApiJson.Default.WebhookEndpoint, options, cancellationToken);

    /// <summary>Your endpoints, the oldest first.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<WebhookEndpoint>> ListAsync(CancellationToken cancellationToken = default) =>
        (await _transport.GetAsync("v1/webhook-endpoints", ApiJson.Default.PageWebhookEndpoint, cancellationToken).ConfigureAwait(false)).Data;

    /// <summary>Reads an endpoint.</summary>
    /// <param name="id"><c>whe_…</c></param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<WebhookEndpoint> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.GetAsync($"v1/webhook-endpoints/{Uri.EscapeDataString(id)}", ApiJson.Default.WebhookEndpoint, cancellationToken);

    /// <summary>Removes an endpoint; nothing more is sent there.</summary>
    /// <param name="id"><c>whe_…</c></param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.DeleteAsync($"v1/webhook-endpoints/{Uri.EscapeDataString(id)}", cancellationToken);
}

/// <summary>An endpoint to be registered.</summary>
/// <param name="Url">An https address that answers 2xx within 15 seconds.</param>
/// <param name="Types">The event types to be sent, for example <c>job.delivered</c>; null or none for all.</param>
public sealed record NewWebhookEndpoint(Uri Url, IReadOnlyList<string>? Types = null);

/// <summary>A registered endpoint.</summary>
/// <param name="Id"><c>whe_…</c></param>
/// <param name="Url">Where events go.</param>
/// <param name="Types">Which events; none means all.</param>
/// <param name="Secret"><c>whsec_…</c> for <see cref="WebhookVerifier"/>; only in the answer to creating it.</param>
public sealed record WebhookEndpoint(string Id, Uri Url, IReadOnlyList<string>? Types, string? Secret);

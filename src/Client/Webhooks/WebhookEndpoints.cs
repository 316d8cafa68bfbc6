using System.Text.Json.Serialization;

namespace Zweizeiler.Client;

/// <summary>Where events are sent, and what came of it.</summary>
public sealed partial class WebhookEndpointsResource
{
    private readonly ApiTransport _transport;

    internal WebhookEndpointsResource(ApiTransport transport) => _transport = transport;

    /// <summary>Registers an endpoint. Its secret is in the answer, this once.</summary>
    /// <param name="endpoint">Where to, and which events.</param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<WebhookEndpoint> CreateAsync(
        NewWebhookEndpoint endpoint, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostTaggedAsync(
            "v1/webhook-endpoints", endpoint, ApiJson.Default.NewWebhookEndpoint, ApiJson.Default.WebhookEndpoint, options, cancellationToken);

    /// <summary>Your endpoints, the oldest first.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<WebhookEndpoint>> ListAsync(CancellationToken cancellationToken = default) =>
        (await _transport.GetAsync("v1/webhook-endpoints", ApiJson.Default.PageWebhookEndpoint, cancellationToken).ConfigureAwait(false)).Data;

    /// <summary>Reads an endpoint.</summary>
    /// <param name="id"><c>whe_…</c></param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<WebhookEndpoint> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.GetTaggedAsync(Path(id), ApiJson.Default.WebhookEndpoint, cancellationToken);

    /// <summary>Changes an endpoint; refused with 412 if somebody else has changed it since it was read.</summary>
    /// <param name="id"><c>whe_…</c></param>
    /// <param name="eTag"><see cref="WebhookEndpoint.ETag"/> of the endpoint as it was read.</param>
    /// <param name="change">What changes.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<WebhookEndpoint> UpdateAsync(string id, string eTag, WebhookEndpointChange change, CancellationToken cancellationToken = default) =>
        _transport.ChangeAsync(
            HttpMethod.Patch, Path(id), eTag, change, ApiJson.Default.WebhookEndpointChange, ApiJson.Default.WebhookEndpoint, cancellationToken);

    /// <summary>Removes an endpoint; nothing more is sent there.</summary>
    /// <param name="id"><c>whe_…</c></param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default) => _transport.DeleteAsync(Path(id), cancellationToken);

    /// <summary>Removes an endpoint unless somebody else has changed it since it was read (412).</summary>
    /// <param name="id"><c>whe_…</c></param>
    /// <param name="eTag"><see cref="WebhookEndpoint.ETag"/> of the endpoint as it was read.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task DeleteAsync(string id, string eTag, CancellationToken cancellationToken = default) =>
        _transport.DeleteAsync(Path(id), eTag, cancellationToken);

    /// <summary>Nothing is sent there until you resume it; what happens meanwhile waits, up to 30 days.</summary>
    /// <param name="id"><c>whe_…</c></param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<WebhookEndpoint> PauseAsync(string id, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostTaggedAsync(Path(id) + "/pause", new Nothing(), ApiJson.Default.Nothing, ApiJson.Default.WebhookEndpoint, options, cancellationToken);

    /// <summary>Sends what waited, and goes on. If we had switched it off, nothing waited: replay the time that it missed.</summary>
    /// <param name="id"><c>whe_…</c></param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<WebhookEndpoint> ResumeAsync(string id, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostTaggedAsync(Path(id) + "/resume", new Nothing(), ApiJson.Default.Nothing, ApiJson.Default.WebhookEndpoint, options, cancellationToken);

    /// <summary>
    /// Makes a new secret, which is in the answer, this once. For 24 hours webhooks have a signature by the one before too: give
    /// <see cref="WebhookVerifier"/> both meanwhile.
    /// </summary>
    /// <param name="id"><c>whe_…</c></param>
    /// <param name="eTag"><see cref="WebhookEndpoint.ETag"/> of the endpoint as it was read, so that two who do this do not make two secrets.</param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<WebhookEndpoint> RotateSecretAsync(
        string id, string eTag, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostTaggedAsync(
            Path(id) + "/rotate-secret", eTag, new Nothing(), ApiJson.Default.Nothing, ApiJson.Default.WebhookEndpoint, options, cancellationToken);

    /// <summary>Sends a signed event of the type <c>webhook.test</c> and waits up to 15 seconds for what the endpoint says.</summary>
    /// <param name="id"><c>whe_…</c></param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<WebhookTest> TestAsync(string id, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(Path(id) + "/test", new Nothing(), ApiJson.Default.Nothing, ApiJson.Default.WebhookTest, options, cancellationToken);

    private static string Path(string id) => $"v1/webhook-endpoints/{Uri.EscapeDataString(id)}";
}

/// <summary>An endpoint to be registered.</summary>
/// <param name="Url">An https address that answers 2xx within 15 seconds.</param>
/// <param name="Types">The event types to be sent, for example <c>job.delivered</c>; null or none for all.</param>
public sealed record NewWebhookEndpoint(Uri Url, IReadOnlyList<string>? Types = null);

/// <summary>What is to be different about an endpoint; what is null stays.</summary>
/// <param name="Url">Another address; it gets what is on its way already too.</param>
/// <param name="Types">Other event types for what happens from now on; none for all.</param>
public sealed record WebhookEndpointChange(Uri? Url = null, IReadOnlyList<string>? Types = null);

/// <summary>A registered endpoint.</summary>
public sealed record WebhookEndpoint : ITagged<WebhookEndpoint>
{
    /// <summary><c>whe_…</c></summary>
    public required string Id { get; init; }

    /// <summary>Where events go.</summary>
    public required Uri Url { get; init; }

    /// <summary>Which events; none means all.</summary>
    public IReadOnlyList<string> Types { get => field ?? []; init; }

    /// <summary>
    /// <c>enabled</c>; <c>paused</c> by you: events wait for it; <c>off</c> by us: nothing is sent and nothing waits until you resume it. Null in the
    /// answers that show a secret.
    /// </summary>
    public string? State { get; init; }

    /// <summary>Why it is off: <c>failing</c> for five days, or <c>gone</c> (it answered 410).</summary>
    public string? OffReason { get; init; }

    /// <summary>Since when nothing has arrived; null if the last attempt did.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Until when signatures are made with the secret before the newest one too.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>When it was registered.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary><c>whsec_…</c> for <see cref="WebhookVerifier"/>; only in the answers to creating it and to rotating.</summary>
    public string? Secret { get; init; }

    /// <summary>Needed to change it and to rotate its secret.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }

    /// <summary>Without the secret, so that it does not land in a log.</summary>
    public override string ToString() => $"{Id} ({State ?? "new"})";

    WebhookEndpoint ITagged<WebhookEndpoint>.WithTag(string? tag) => this with { ETag = tag };
}

/// <summary>What came of a test event.</summary>
/// <param name="Id">Its <c>webhook-id</c>.</param>
/// <param name="Succeeded">Whether the endpoint answered 2xx.</param>
/// <param name="Status">The HTTP status; null if there was no answer.</param>
/// <param name="Failure"><c>status</c>, <c>timeout</c>, <c>connection</c> or <c>address_refused</c>; null if it arrived.</param>
/// <param name="DurationMilliseconds">How long it took.</param>
/// <param name="ResponseBody">How the answer begins, 1 KB at most.</param>
public sealed record WebhookTest(string Id, bool Succeeded, int? Status, string? Failure, int DurationMilliseconds, string? ResponseBody);

namespace Zweizeiler.Client;

public sealed partial class WebhookEndpointsResource
{
    /// <summary>One page of what was and is to be sent there in the last 30 days, newest first, each with its attempts.</summary>
    /// <param name="id"><c>whe_…</c></param>
    /// <param name="filter">Which deliveries.</param>
    /// <param name="cursor">Where the page before ended.</param>
    /// <param name="limit">1 to 100 deliveries a page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Page<WebhookDelivery>> ListDeliveriesAsync(
        string id, WebhookDeliveryFilter? filter = null, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(
            Path(id) + "/deliveries" + Query.Of(("state", filter?.State), ("job", filter?.JobId), ("cursor", cursor), ("limit", Query.Number(limit))),
            ApiJson.Default.PageWebhookDelivery,
            cancellationToken);

    /// <summary>Reads a delivery with its attempts.</summary>
    /// <param name="id"><c>whe_…</c></param>
    /// <param name="deliveryId"><c>whd_…</c></param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<WebhookDelivery> GetDeliveryAsync(string id, string deliveryId, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(DeliveryPath(id, deliveryId), ApiJson.Default.WebhookDelivery, cancellationToken);

    /// <summary>Sends an event again with the <c>webhook-id</c> that it had; one that waits for its next attempt is tried at once.</summary>
    /// <param name="id"><c>whe_…</c></param>
    /// <param name="deliveryId"><c>whd_…</c></param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<WebhookDelivery> ReplayDeliveryAsync(
        string id, string deliveryId, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            DeliveryPath(id, deliveryId) + "/replay", new Nothing(), ApiJson.Default.Nothing, ApiJson.Default.WebhookDelivery, options, cancellationToken);

    /// <summary>Sends the events of a time span again, also those from before the endpoint was made or while it was off.</summary>
    /// <param name="id"><c>whe_…</c></param>
    /// <param name="span">Which events.</param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many events.</returns>
    public async Task<int> ReplayAsync(string id, ReplaySpan span, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        (await _transport.PostAsync(
            Path(id) + "/replay", span, ApiJson.Default.ReplaySpan, ApiJson.Default.ReplayedEvents, options, cancellationToken).ConfigureAwait(false)).Events;

    private static string DeliveryPath(string id, string deliveryId) => $"{Path(id)}/deliveries/{Uri.EscapeDataString(deliveryId)}";
}

/// <summary>Which deliveries a list shows; what is null does not matter.</summary>
/// <param name="State"><c>waiting</c>, <c>sent</c> or <c>given_up</c>.</param>
/// <param name="JobId"><c>job_…</c></param>
public sealed record WebhookDeliveryFilter(string? State = null, string? JobId = null);

/// <summary>An event on its way to an endpoint.</summary>
/// <param name="Id"><c>whd_…</c></param>
/// <param name="Event">What is sent.</param>
/// <param name="State"><c>waiting</c>, <c>sent</c> or <c>given_up</c>.</param>
/// <param name="NextAttemptAt">When it is tried next; null if it is not.</param>
/// <param name="Attempts">Every attempt, the first one first.</param>
/// <param name="CreatedAt">When it was to be sent for the first time.</param>
public sealed record WebhookDelivery(
    string Id, Event Event, string State, DateTimeOffset? NextAttemptAt, IReadOnlyList<WebhookAttempt> Attempts, DateTimeOffset CreatedAt);

/// <summary>An attempt to send an event.</summary>
/// <param name="Number">1, 2, 3, …</param>
/// <param name="StartedAt">When.</param>
/// <param name="DurationMilliseconds">How long it took.</param>
/// <param name="Status">The HTTP status; null if there was no answer.</param>
/// <param name="Failure"><c>status</c>, <c>timeout</c>, <c>connection</c> or <c>address_refused</c>; null if it arrived.</param>
/// <param name="ResponseBody">How your endpoint's answer began, 1 KB at most.</param>
public sealed record WebhookAttempt(int Number, DateTimeOffset StartedAt, int DurationMilliseconds, int? Status, string? Failure, string? ResponseBody);

/// <summary>Which events are to be sent again.</summary>
/// <param name="From">Those that were told at or after this time; at most 30 days ago.</param>
/// <param name="To">Those that were told before this time; null for now.</param>
/// <param name="OnlyFailed">Only those that have not arrived.</param>
public sealed record ReplaySpan(DateTimeOffset From, DateTimeOffset? To = null, bool OnlyFailed = false);

/// <summary>What a replay answers.</summary>
internal sealed record ReplayedEvents(int Events);

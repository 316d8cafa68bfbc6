namespace Zweizeiler.Client;

/// <summary>Your API keys; needs the scope <c>admin</c>. A live key sees and makes live keys, a test key test keys.</summary>
public sealed class ApiKeysResource
{
    private readonly ApiTransport _transport;

    internal ApiKeysResource(ApiTransport transport) => _transport = transport;

    /// <summary>Makes a key that permits no more than the one in use. <see cref="CreatedApiKey.Key"/> is shown this once.</summary>
    /// <param name="key">What it is for and what it permits.</param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call; the key may have been made nevertheless.</param>
    public Task<CreatedApiKey> CreateAsync(NewApiKey key, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostAsync("v1/api-keys", key, ApiJson.Default.NewApiKey, ApiJson.Default.CreatedApiKey, options, cancellationToken);

    /// <summary>Everything about a key but the key itself.</summary>
    /// <param name="id"><c>key_…</c></param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ApiKey> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.GetAsync($"v1/api-keys/{Uri.EscapeDataString(id)}", ApiJson.Default.ApiKey, cancellationToken);

    /// <summary>One page of your keys, newest first; revoked and expired ones too.</summary>
    /// <param name="cursor">Where the page before ended.</param>
    /// <param name="limit">1 to 100 keys a page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Page<ApiKey>> ListAsync(string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(
            "v1/api-keys" + Query.Of(("cursor", cursor), ("limit", Query.Number(limit))), ApiJson.Default.PageApiKey, cancellationToken);

    /// <summary>Revokes a key: within two seconds it opens nothing any more. It cannot be undone; doing it twice is no error.</summary>
    /// <param name="id"><c>key_…</c></param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task RevokeAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.DeleteAsync($"v1/api-keys/{Uri.EscapeDataString(id)}", cancellationToken);
}

/// <summary>A key to be made.</summary>
/// <param name="Name">What it is for, so that you can tell your keys apart.</param>
/// <param name="Scopes">What it permits: <c>quote</c>, <c>order</c>, <c>read</c>, <c>admin</c>.</param>
/// <param name="ExpiresAt">When it ends by itself; null for never.</param>
/// <param name="SpendingLimit">How much its jobs may cost; null for as much as the balance covers.</param>
public sealed record NewApiKey(
    string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt = null, NewSpendingLimit? SpendingLimit = null);

/// <summary>How much a key's jobs may cost in a period, tax included.</summary>
/// <param name="Amount">Cents.</param>
/// <param name="Period"><c>day</c>, <c>month</c> or <c>total</c>.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record NewSpendingLimit(long Amount, string Period, string Currency = "EUR");

/// <summary>A key, without the key.</summary>
public record ApiKey
{
    /// <summary><c>key_…</c></summary>
    public required string Id { get; init; }

    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary>Its beginning; the whole key was shown once, when it was made.</summary>
    public required string Prefix { get; init; }

    /// <summary><c>live</c> or <c>test</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>What it permits.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends by itself.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was last used, to the hour.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Null if it may spend whatever the balance covers.</summary>
    public SpendingLimit? SpendingLimit { get; init; }
}

/// <summary>A key that was just made: the only time that it is shown.</summary>
public sealed record CreatedApiKey : ApiKey
{
    /// <summary>The key itself. Keep it safe.</summary>
    public required string Key { get; init; }

    /// <summary>Without the key, so that it does not land in a log.</summary>
    public override string ToString() => $"{Id} ({Prefix}…)";
}

/// <summary>How much a key's jobs may cost, and how much of that is spent. Amounts are cents, tax included.</summary>
/// <param name="Amount">The limit.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Period"><c>day</c>, <c>month</c> or <c>total</c>.</param>
/// <param name="Spent">Spent in the present period.</param>
/// <param name="ResetsAt">When the next period begins.</param>
public sealed record SpendingLimit(long Amount, string Currency, string Period, long Spent, DateTimeOffset? ResetsAt);

namespace Zweizeiler.Client;

/// <summary>How a <see cref="ZweizeilerClient"/> behaves when something goes wrong on the way.</summary>
public sealed class ZweizeilerClientOptions
{
    /// <summary>
    /// How often a call is repeated after a lost connection, 409 of a request still running, 429, 502, 503 or 504. Every repetition
    /// carries the first one's <c>Idempotency-Key</c>, so that nothing is ordered twice. A change that asks for an ETag is repeated only if it
    /// surely was not made (429, 503). 0 switches retries off.
    /// </summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>The first wait before a retry; it doubles each time and is shortened by a random part. The server's <c>Retry-After</c> wins if it is longer.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest <c>Retry-After</c> that is waited for; what asks for more fails at once.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>Options of a single call.</summary>
/// <param name="IdempotencyKey">
/// The key under which the server remembers the answer for 24 hours. Null: one is made for this call. Give your own (for example the
/// order number) when a call may be repeated by another process.
/// </param>
public sealed record CallOptions(string? IdempotencyKey = null);

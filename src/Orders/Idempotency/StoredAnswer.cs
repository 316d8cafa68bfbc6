using Zweizeiler.Contracts;

namespace Zweizeiler.Orders.Idempotency;

/// <summary>The first answer to a request with an idempotency key, kept in the transaction of what the request did.</summary>
public sealed class StoredAnswer
{
    public required Guid MerchantId { get; init; }

    public required string Mode { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body: tells a repeated request from another one under the same key.</summary>
    public required byte[] Fingerprint { get; init; }

    public required int Status { get; init; }

    public string? Location { get; init; }

    public string? ETag { get; init; }

    public required string ContentType { get; init; }

    /// <summary>The answer's body, sealed: answers may show what is shown once only.</summary>
    public required SealedText Body { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

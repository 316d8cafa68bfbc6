using Zweizeiler.Contracts;

namespace Zweizeiler.Notifications.Idempotency;

/// <summary>An idempotency key: first whoever works on its request, then the answer.</summary>
public sealed class StoredAnswer
{
    public required Guid MerchantId { get; init; }

    public required string Mode { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body: tells a repeated request from another one under the same key.</summary>
    public required byte[] Fingerprint { get; init; }

    /// <summary>Who works on it. Whoever was given up meanwhile stores nothing any more.</summary>
    public required Guid Holder { get; init; }

    /// <summary>Until then the holder may be at it; after that, without an answer, it has died.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }

    /// <summary>Null until it is answered.</summary>
    public int? Status { get; init; }

    public string? Location { get; init; }

    public string? ETag { get; init; }

    public string? ContentType { get; init; }

    /// <summary>The answer's body, sealed: some show a secret that is shown once only.</summary>
    public SealedText? Body { get; init; }

    public WrappedDataKey? BodyKey { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

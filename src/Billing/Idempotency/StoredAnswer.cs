namespace Zweizeiler.Billing.Idempotency;

/// <summary>What an operation was answered under an operator's key.</summary>
public sealed class StoredAnswer
{
    public required Guid OperatorId { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body: tells a repeated request from another one under the same key.</summary>
    public required byte[] Fingerprint { get; init; }

    public required int Status { get; init; }

    public string? Location { get; init; }

    /// <summary>JSON: numbers of papers and counts, nothing of anybody's. Null where there is nothing to say.</summary>
    public byte[]? Body { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

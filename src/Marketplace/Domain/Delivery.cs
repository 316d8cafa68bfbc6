namespace Zweizeiler.Marketplace.Domain;

/// <summary>A finished text handed in; its words are in a table of their own, see <see cref="DeliveryText"/>.</summary>
public sealed class Delivery
{
    public required Guid Id { get; init; }

    public required Guid JobId { get; init; }

    public required Guid TranslatorId { get; init; }

    /// <summary>1 for the first delivery, 2 for the first revision, …</summary>
    public required int Version { get; init; }

    public required int Characters { get; init; }

    public required int Lines { get; init; }

    public required DateTimeOffset DeliveredAt { get; init; }

    /// <summary>True if it answers a complaint.</summary>
    public bool IsCorrection { get; init; }

    /// <summary>When the merchant asked for a revision of it.</summary>
    public DateTimeOffset? RevisionRequestedAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; set; }

    /// <summary>How a call went, one of <see cref="Contracts.CallOutcome"/>; null for the other kinds.</summary>
    public string? CallOutcome { get; init; }

    /// <summary>Started minutes spoken.</summary>
    public int? CallMinutes { get; init; }

    public int? CallAttempts { get; init; }

    /// <summary>1 to 5, if the merchant gave one.</summary>
    public int? Rating { get; set; }
}

/// <summary>The confidential part of a delivery, sealed with the merchant's data key.</summary>
public sealed class DeliveryText
{
    public required Guid DeliveryId { get; init; }

    public required byte[] Content { get; init; }

    /// <summary>The warnings that the translator confirmed, with her reasons.</summary>
    public byte[]? Confirmations { get; init; }

    /// <summary>What the merchant wants to be revised.</summary>
    public byte[]? Objection { get; init; }

    /// <summary>The merchant's word of thanks.</summary>
    public byte[]? Thanks { get; set; }
}

/// <summary>The confidential part of a job, sealed with the merchant's data key.</summary>
public sealed class JobText
{
    public required Guid JobId { get; init; }

    public required byte[] Content { get; init; }
}

/// <summary>Our copy of a merchant's data key, wrapped with the platform's master key. Without it all her texts here are unreadable.</summary>
public sealed class MerchantKey
{
    public required Guid MerchantId { get; init; }

    public required byte[] DataKey { get; set; }
}

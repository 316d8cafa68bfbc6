using Zweizeiler.Contracts;

namespace Zweizeiler.Orders.Domain;

/// <summary>A finished text that a translator handed in; the text itself rests sealed in a table of its own.</summary>
public sealed class Delivery
{
    public required Guid Id { get; init; }

    public required Guid JobId { get; init; }

    public required Guid MerchantId { get; init; }

    public required string Mode { get; init; }

    /// <summary>1 for the first delivery of a job, 2 for its first revision, …</summary>
    public required int Version { get; init; }

    public required Guid TranslatorId { get; init; }

    public required int Characters { get; init; }

    public required int Lines { get; init; }

    public required DateTimeOffset DeliveredAt { get; init; }

    /// <summary>How a call went; null for every other kind.</summary>
    public CallFacts? Call { get; init; }

    /// <summary>Whether it answers a complaint.</summary>
    public bool IsCorrection { get; init; }
}

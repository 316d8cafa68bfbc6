namespace Zweizeiler.Marketplace.Domain;

/// <summary>A lease on a job by one translator. At most one of a job is without an end; an index of the database sees to it.</summary>
public sealed class Claim
{
    public required Guid Id { get; init; }

    public required Guid JobId { get; init; }

    public required Guid TranslatorId { get; init; }

    public required DateTimeOffset ClaimedAt { get; init; }

    public required DateTimeOffset LeaseUntil { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>One of <see cref="ClaimOutcome"/>.</summary>
    public string? Outcome { get; init; }

    /// <summary>Why it was given back, one of <see cref="ReleaseReason"/>.</summary>
    public string? Reason { get; init; }
}

public static class ClaimOutcome
{
    public const string Delivered = "delivered";
    public const string HandedBack = "handed_back";
    public const string LeaseExpired = "lease_expired";

    /// <summary>By an operator.</summary>
    public const string TakenBack = "taken_back";

    public const string Cancelled = "cancelled";
}

/// <summary>What a translator may say when a job is given back after the first minute.</summary>
public static class ReleaseReason
{
    public const string NoTime = "no_time";
    public const string TooHard = "too_hard";
    public const string Unclear = "unclear";
    public const string Other = "other";

    public static readonly IReadOnlyList<string> All = [NoTime, TooHard, Unclear, Other];
}

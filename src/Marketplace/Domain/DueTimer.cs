namespace Zweizeiler.Marketplace.Domain;

/// <summary>Something that is to happen at a time, worked off by any replica: now the end of a lease.</summary>
public sealed class DueTimer
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>For a lease: the claim.</summary>
    public required Guid SubjectId { get; init; }

    public required Guid JobId { get; init; }

    public required DateTimeOffset DueAt { get; init; }
}

public static class TimerKind
{
    public const string Lease = "lease";
}

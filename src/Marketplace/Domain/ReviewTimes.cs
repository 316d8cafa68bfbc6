namespace Zweizeiler.Marketplace.Domain;

/// <summary>How long the steps after a delivery may take.</summary>
public sealed record ReviewTimes
{
    public const string Section = "Reviews";

    /// <summary>When a revision is due; afterwards it is still its writer's, and an operator sees it.</summary>
    public TimeSpan RevisionWithin { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long the writer can answer before anybody rules against her work; a ruling for it need not wait.</summary>
    public TimeSpan HearingWithin { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a dispute is kept for the one who took it.</summary>
    public TimeSpan RulingLease { get; init; } = TimeSpan.FromHours(2);

    /// <summary>From when an operator may rule, if no translator did.</summary>
    public TimeSpan OperatorsAfter { get; init; } = TimeSpan.FromHours(4);
}

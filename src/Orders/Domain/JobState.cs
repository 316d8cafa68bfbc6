namespace Zweizeiler.Orders.Domain;

/// <summary>Where a job is in its life. Spelt in snake case everywhere outside this code.</summary>
public enum JobState
{
    Placed,
    PaymentRequired,
    Open,
    InProgress,
    OnHold,
    InReview,
    InRevision,
    Disputed,
    Accepted,
    Refunded,
    Cancelled,
    Expired,
}

public static class JobStates
{
    private static readonly string[] Names =
    [
        "placed", "payment_required", "open", "in_progress", "on_hold", "in_review",
        "in_revision", "disputed", "accepted", "refunded", "cancelled", "expired",
    ];

    public static IReadOnlyList<string> All => Names;

    public static string Name(this JobState state) => Names[(int)state];

    public static JobState Parse(string name) =>
        TryParse(name, out var state) ? state : throw new ArgumentException("There is no such state of a job.", nameof(name));

    public static bool TryParse(string name, out JobState state)
    {
        var index = Array.IndexOf(Names, name);
        state = (JobState)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>Nothing moves a job out of a final state.</summary>
    public static bool IsFinal(this JobState state) =>
        state is JobState.Accepted or JobState.Refunded or JobState.Cancelled or JobState.Expired;
}

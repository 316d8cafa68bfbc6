using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Marketplace.Persistence;

/// <summary>States as they are spelt in database, messages and pages.</summary>
public static class StateNames
{
    private static readonly string[] Names =
    [
        "placed", "payment_required", "open", "in_progress", "on_hold", "in_review",
        "in_revision", "disputed", "accepted", "refunded", "cancelled", "expired",
    ];

    public static IReadOnlyList<string> All => Names;

    public static string Of(JobState state) => Names[(int)state];

    public static JobState Parse(string name) =>
        Array.IndexOf(Names, name) is var index && index >= 0 ? (JobState)index : throw new ArgumentOutOfRangeException(nameof(name));
}

using System.Collections.Frozen;

namespace Zweizeiler.FaultInjection.Oracle;

/// <summary>The picture of a job's states, as a table: what may follow what.</summary>
internal static class Life
{
    public const string Accepted = "accepted";
    public const string Refunded = "refunded";
    public const string Cancelled = "cancelled";
    public const string Expired = "expired";

    private static readonly FrozenDictionary<string, string[]> Next = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["placed"] = ["open", "payment_required", Cancelled],
        ["payment_required"] = ["open", Expired, Cancelled],
        ["open"] = ["in_progress", Expired, Cancelled],
        ["in_progress"] = ["in_review", "open", "on_hold", Cancelled],
        ["on_hold"] = ["in_progress", "in_revision", "open", "in_review", Cancelled],
        ["in_review"] = [Accepted, "in_revision", "disputed"],
        ["in_revision"] = ["in_review", "on_hold"],
        ["disputed"] = [Accepted, Refunded],
        [Accepted] = [],
        [Refunded] = [],
        [Cancelled] = [],
        [Expired] = [],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What can be told of a job that is over.</summary>
    private static readonly FrozenSet<string> ToldAfterwards = new[]
    {
        "job.question", "job.answered", "job.cancellation_refused", "job.complaint", "job.complaint_satisfied", "job.complaint_dismissed", "job.corrected", "job.credited",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsFinal(string state) => Next.TryGetValue(state, out var next) && next.Length == 0;

    /// <summary>An event may also tell something that leaves the state as it is.</summary>
    public static bool MayFollow(string before, StateChange next) => before == next.State
        ? !IsFinal(before) || ToldAfterwards.Contains(next.Type)
        : Next.TryGetValue(before, out var states) && states.Contains(next.State);
}

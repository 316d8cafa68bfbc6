using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Marketplace.Persistence;

/// <summary>States as they are spelt in database, messages and pages.</summary>
public static class StateNames
{
    public static string Of(JobState state) => state switch
    {
        JobState.Placed => "placed",
        JobState.PaymentRequired => "payment_required",
        JobState.Open => "open",
        JobState.InProgress => "in_progress",
        JobState.InReview => "in_review",
        JobState.Accepted => "accepted",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static JobState Parse(string name) => name switch
    {
        "placed" => JobState.Placed,
        "payment_required" => JobState.PaymentRequired,
        "open" => JobState.Open,
        "in_progress" => JobState.InProgress,
        "in_review" => JobState.InReview,
        "accepted" => JobState.Accepted,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}

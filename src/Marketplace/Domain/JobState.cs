namespace Zweizeiler.Marketplace.Domain;

/// <summary>A job's state as the marketplace knows it; spelt in snake_case in database, messages and pages.</summary>
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

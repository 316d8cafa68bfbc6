namespace Zweizeiler.Notifications.Features.WebhookEndpoints;

/// <summary>The event types that Orders tells, in the order of a job's life.</summary>
internal static class EventTypes
{
    public static readonly IReadOnlyList<string> All =
    [
        "job.placed", "job.payment_required", "job.funded", "job.open", "job.escalated", "job.expired",
        "job.claimed", "job.released", "job.question", "job.answered", "job.delayed",
        "job.cancellation_requested", "job.cancellation_refused", "job.cancelled",
        "job.delivered", "job.revision_requested", "job.rejected", "job.accepted", "job.refunded",
        "job.complaint", "job.corrected", "job.complaint_satisfied", "job.complaint_dismissed", "job.credited",
    ];
}

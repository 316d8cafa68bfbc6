namespace Zweizeiler.Notifications.Features.WebhookEndpoints;

/// <summary>The event types that Orders tells.</summary>
internal static class EventTypes
{
    public static readonly IReadOnlyList<string> All =
    [
        "job.placed", "job.payment_required", "job.funded", "job.open", "job.claimed", "job.released", "job.delivered", "job.accepted",
    ];
}

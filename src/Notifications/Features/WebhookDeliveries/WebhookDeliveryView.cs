using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.ListEvents;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Notifications.Features.WebhookDeliveries;

/// <summary>An event on its way to an endpoint.</summary>
public sealed record WebhookDeliveryView(
    string Id,
    [property: Description("What is sent.")] EventView Event,
    [property: AllowedValues("waiting", "sent", "given_up")] string State,
    [property: Description("When it is tried next; null if it is not.")] DateTimeOffset? NextAttemptAt,
    [property: Description("Every attempt, the first one first.")] IReadOnlyList<WebhookAttemptView> Attempts,
    DateTimeOffset CreatedAt)
{
    internal const string Prefix = "whd";

    internal static WebhookDeliveryView Of(WebhookDelivery d, JobEvent e, IEnumerable<WebhookAttempt> attempts) => new(
        PublicId.Format(Prefix, d.Id),
        EventView.Of(e),
        SnakeCase.Name(d.State),
        d.State == SendState.Waiting ? d.DueAt : null,
        [.. attempts.OrderBy(a => a.Number).Select(WebhookAttemptView.Of)],
        d.CreatedAt);
}

/// <summary>An attempt to send an event.</summary>
public sealed record WebhookAttemptView(
    [property: Description("1, 2, 3, …")] int Number,
    DateTimeOffset StartedAt,
    int DurationMilliseconds,
    [property: Description("The HTTP status; null if there was no answer.")] int? Status,
    [property: Description("Null if it arrived."), AllowedValues("status", "timeout", "connection", "address_refused")] string? Failure,
    [property: Description("How your endpoint's answer began, 1 KB at most.")] string? ResponseBody)
{
    internal static WebhookAttemptView Of(WebhookAttempt a) => new(a.Number, a.StartedAt, a.DurationMilliseconds, a.Status, a.Failure, a.ResponseBody);
}

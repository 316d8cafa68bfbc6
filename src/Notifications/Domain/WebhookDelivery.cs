namespace Zweizeiler.Notifications.Domain;

/// <summary>One event on its way to one endpoint.</summary>
public sealed class WebhookDelivery : Sending
{
    public required Guid EventId { get; init; }

    public required Guid EndpointId { get; init; }

    /// <summary>With <see cref="Sequence"/>: an earlier event of the job that is still on its way holds this one.</summary>
    public required Guid JobId { get; init; }

    public required int Sequence { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What came of one attempt.</summary>
public sealed class WebhookAttempt
{
    public required Guid DeliveryId { get; init; }

    public required int Number { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required int DurationMilliseconds { get; init; }

    /// <summary>HTTP status, if there was an answer.</summary>
    public required int? Status { get; init; }

    /// <summary><c>status</c>, <c>timeout</c>, <c>connection</c>, <c>address_refused</c>; null on success.</summary>
    public required string? Failure { get; init; }

    /// <summary>How the receiver's answer begins, in its own words; goes with the delivery.</summary>
    public required string? ResponseBody { get; init; }
}

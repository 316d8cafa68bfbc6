namespace Zweizeiler.Messaging;

/// <summary>Says that a consumer has had a message: inserted in the transaction of the effect, so that a second delivery finds it and does nothing.</summary>
public sealed class InboxMessage
{
    /// <summary>MassTransit's message id.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>The consumer's full type name.</summary>
    public required string Consumer { get; init; }

    /// <summary>When, by the database's clock; rows are removed when they are older than any duplicate can be.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}

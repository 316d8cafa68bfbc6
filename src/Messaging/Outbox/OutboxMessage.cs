namespace Zweizeiler.Messaging;

/// <summary>
/// A message that was published in a transaction and waits for the relay. The row exists exactly as long as the broker has not confirmed it.
/// </summary>
public sealed class OutboxMessage
{
    /// <summary>
    /// Names the scope (request or consumed message) that published; version 7, so it sorts by time. Rows of one batch are sent in the order of
    /// <see cref="Position"/>.
    /// </summary>
    public required Guid BatchId { get; init; }

    /// <summary>The how-manieth message of its batch, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>MassTransit's message id: what the receiving inbox tells duplicates by.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>The exchange as MassTransit addresses it.</summary>
    public required string DestinationAddress { get; init; }

    /// <summary>The message's URNs, most specific first, separated by a space.</summary>
    public required string MessageTypes { get; init; }

    /// <summary>Media type of <see cref="Body"/>.</summary>
    public required string ContentType { get; init; }

    /// <summary>Transport headers as a JSON object; null when there are none.</summary>
    public string? Headers { get; init; }

    /// <summary>The envelope, serialized once when it was published and sent byte for byte.</summary>
    public required byte[] Body { get; init; }

    /// <summary>W3C traceparent of the activity that published, so that the trace goes on behind the relay.</summary>
    public string? TraceParent { get; init; }

    /// <summary>When it was published, UTC, by the publisher's clock.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>The lease under which a relay is sending the row now.</summary>
    public Guid? LeaseId { get; internal set; }

    /// <summary>Until when no other relay may take the row, by the database's clock.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>For how long the row is leased when it is inserted, if it is then; no column.</summary>
    internal TimeSpan? LeaseFor { get; set; }

    /// <summary>Failed attempts that were the row's own fault, that is, while the broker answered.</summary>
    public int Attempts { get; init; }

    /// <summary>Not to be sent before; null is at once.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When the relay gave up; null while it goes on trying. A parked row stays until it is replayed.</summary>
    public DateTimeOffset? ParkedAt { get; init; }

    /// <summary>Type name of the last exception, never its message.</summary>
    public string? LastError { get; init; }
}

namespace Zweizeiler.Messaging.Relay;

/// <summary>A row of the outbox while this relay holds it.</summary>
internal sealed record LeasedMessage(
    string Place,
    Guid BatchId,
    int Position,
    Guid MessageId,
    string DestinationAddress,
    string MessageTypes,
    string ContentType,
    string? Headers,
    byte[] Body,
    string? TraceParent,
    int Attempts,
    DateTimeOffset EnqueuedAt,
    Guid LeaseId);

/// <summary>What became of a row: confirmed, failed, or not tried.</summary>
internal readonly record struct SendResult(LeasedMessage Message, SendStatus Status, Exception? Error = null);

internal enum SendStatus
{
    Confirmed,
    Failed,
    NotTried,
}

/// <summary>A row that failed while the broker answered, and what follows for it.</summary>
internal readonly record struct Failure(LeasedMessage Message, string Error, TimeSpan Pause, bool Park);

/// <summary>Everything that one visit to the table writes.</summary>
internal sealed class Settlement
{
    public List<LeasedMessage> Confirmed { get; } = [];

    public List<Failure> Failed { get; } = [];

    public List<LeasedMessage> Released { get; } = [];

    public bool IsEmpty => Confirmed.Count + Failed.Count + Released.Count == 0;

    public void Clear()
    {
        Confirmed.Clear();
        Failed.Clear();
        Released.Clear();
    }
}

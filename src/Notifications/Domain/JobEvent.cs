namespace Zweizeiler.Notifications.Domain;

/// <summary>
/// An entry of the merchant's event log. It is stored as it arrives and told once all earlier ones of its job have been told.
/// </summary>
public sealed class JobEvent
{
    /// <summary>How long the log shows it. A job's last event is kept longer, because the next one is numbered after it.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>How long a job's last event is kept; nothing happens to a job after that.</summary>
    public static readonly TimeSpan LastKeptFor = TimeSpan.FromDays(400);

    public required Guid Id { get; init; }

    public required Guid MerchantId { get; init; }

    public required string Mode { get; init; }

    public required Guid JobId { get; init; }

    /// <summary>1, 2, 3, … within the job.</summary>
    public required int Sequence { get; init; }

    /// <summary>For example <c>job.claimed</c>.</summary>
    public required string Type { get; init; }

    public required string State { get; init; }

    public required string? Reference { get; init; }

    public required Guid? CaseId { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>What was done about a job that may miss its promise; null for other events.</summary>
    public string? Step { get; init; }

    /// <summary>Its place in the log, unique and growing for a merchant and mode; null while an earlier event of the job is missing.</summary>
    public DateTimeOffset? ToldAt { get; private set; }

    /// <summary>1, 2, 3, … in the log, without a gap; null until it is told, and for what a replica of an older version told.</summary>
    public long? Number { get; private set; }

    public void Tell(LogPlace place)
    {
        if (ToldAt is null)
        {
            (ToldAt, Number) = (place.At, place.Number);
        }
    }
}

/// <summary>One a merchant and mode: whoever holds its row is the only one who adds to the log.</summary>
public sealed class EventLog
{
    public required Guid MerchantId { get; init; }

    public required string Mode { get; init; }

    public DateTimeOffset LastToldAt { get; private set; }

    public long LastNumber { get; private set; }

    /// <summary>The next place in the log: now, or just behind the last one. PostgreSQL keeps microseconds.</summary>
    public LogPlace NextPlace(DateTimeOffset now)
    {
        var whole = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        var next = LastToldAt.AddMicroseconds(1);
        (LastToldAt, LastNumber) = (whole > next ? whole : next, LastNumber + 1);
        return new LogPlace(LastToldAt, LastNumber);
    }
}

/// <summary>Where an event stands in the log.</summary>
public readonly record struct LogPlace(DateTimeOffset At, long? Number);

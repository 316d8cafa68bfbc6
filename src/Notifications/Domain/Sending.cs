namespace Zweizeiler.Notifications.Domain;

/// <summary>Something on its way out: a row with a due time, leased by one replica at a time, tried again by a schedule.</summary>
public abstract class Sending
{
    public required Guid Id { get; init; }

    public required Guid EventId { get; init; }

    public SendState State { get; private set; }

    public int Attempts { get; private set; }

    public required DateTimeOffset DueAt { get; set; }

    /// <summary>
    /// Until when the replica that took it may send it alone; later it has died, and another takes over. Who comes back late finds another
    /// lease and marks nothing.
    /// </summary>
    public DateTimeOffset? LeaseUntil { get; private set; }

    public void Succeed()
    {
        Attempts++;
        State = SendState.Sent;
        LeaseUntil = null;
    }

    /// <param name="schedule">When to try again.</param>
    /// <param name="now">The time.</param>
    /// <param name="jitter">0 to 1.</param>
    public void Fail(RetrySchedule schedule, DateTimeOffset now, double jitter)
    {
        Attempts++;
        LeaseUntil = null;
        if (schedule.After(Attempts, jitter) is { } delay)
        {
            DueAt = now + delay;
        }
        else
        {
            State = SendState.GivenUp;
        }
    }
}

public enum SendState
{
    Waiting,
    Sent,
    GivenUp,
}

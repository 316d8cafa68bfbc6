namespace Zweizeiler.Notifications.Domain;

/// <summary>Something on its way out: a row with a due time, leased by one replica at a time, tried again by a schedule.</summary>
public abstract class Sending
{
    public required Guid Id { get; init; }

    public SendState State { get; protected set; }

    /// <summary>All attempts that were ever made; numbers them.</summary>
    public int Attempts { get; private set; }

    /// <summary>Attempts that failed since it was to be sent, or sent anew; decides when it is tried again.</summary>
    public int Failures { get; private set; }

    public required DateTimeOffset DueAt { get; set; }

    /// <summary>
    /// Until when the replica that took it may send it alone; later it has died, and another takes over. Who comes back late finds another
    /// lease and marks nothing.
    /// </summary>
    public DateTimeOffset? LeaseUntil { get; protected set; }

    /// <summary>When nothing more is to be done about it.</summary>
    public DateTimeOffset? DoneAt { get; private set; }

    public void Succeed(DateTimeOffset now)
    {
        Attempts++;
        Finish(SendState.Sent, now);
    }

    /// <param name="schedule">When to try again.</param>
    /// <param name="now">The time.</param>
    /// <param name="jitter">0 to 1.</param>
    public void Fail(RetrySchedule schedule, DateTimeOffset now, double jitter)
    {
        Attempts++;
        Failures++;
        LeaseUntil = null;
        if (schedule.After(Failures, jitter) is { } delay)
        {
            DueAt = now + delay;
        }
        else
        {
            Finish(SendState.GivenUp, now);
        }
    }

    /// <summary>Sent once more, with a schedule that begins anew.</summary>
    public void SendAgain(DateTimeOffset now) => (State, Failures, DueAt, LeaseUntil, DoneAt) = (SendState.Waiting, 0, now, null, null);

    protected virtual void Finish(SendState state, DateTimeOffset now) => (State, LeaseUntil, DoneAt) = (state, null, now);
}

public enum SendState
{
    Waiting,
    Sent,
    GivenUp,

    /// <summary>Waits for its recipient's digest; mails only.</summary>
    Collected,

    /// <summary>Not wanted, or of no use any more; mails only.</summary>
    Skipped,

    /// <summary>The recipient's server does not take it and never will; mails only.</summary>
    Refused,
}

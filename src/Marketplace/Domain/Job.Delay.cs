namespace Zweizeiler.Marketplace.Domain;

/// <summary>When what the merchant was promised will not come in time although somebody has it in hand. Decided on a locked row.</summary>
public sealed partial class Job
{
    /// <summary>So long before a promise is broken the merchant is told: she has as long to help herself as with a job that nobody takes.</summary>
    public static readonly TimeSpan DelayToldBefore = TimeSpan.FromMinutes(5);

    /// <summary>Since when the merchant knows that the job is late; for a revision, that this revision is.</summary>
    public DateTimeOffset? DelayToldAt { get; private set; }

    /// <summary>When the merchant is to be told, as it looks now; null while nobody writes, a question stops the clock, or she has been told.</summary>
    public DateTimeOffset? LateAt => (DelayToldAt, State) switch
    {
        (null, JobState.InRevision) => LeaseUntil,
        // A call is made in the window that the merchant has set, however soon it was promised.
        (null, JobState.InProgress) when Kind == JobKinds.Call && LeaseUntil - Lease.AfterCallWindow is { } window && window > DeliverBy => window,
        (null, JobState.InProgress) => DeliverBy - DelayToldBefore,
        _ => null,
    };

    /// <summary>Returns whether the merchant is to be told now. Once a promise: a question moves it away, but does not make another one of it.</summary>
    public bool TellDelay(DateTimeOffset now)
    {
        if (LateAt is not { } late || late > now)
        {
            return false;
        }

        DelayToldAt = now;
        return To(State, now);
    }
}

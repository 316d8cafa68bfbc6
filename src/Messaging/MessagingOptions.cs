using System.ComponentModel.DataAnnotations;

namespace Zweizeiler.Messaging;

/// <summary>Settings of the configuration section <c>Messaging</c>. The defaults are meant to stay.</summary>
public sealed class MessagingOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Messaging";

    /// <summary>Messages that a queue hands to one instance ahead of its acknowledgements.</summary>
    [Range(1, 1000)]
    public int PrefetchCount { get; set; } = 32;

    /// <summary>
    /// Messages of one queue that an instance works on at a time; each of them holds a database connection. By default as many as it has processors, from 2
    /// to 8: with more, a backlog takes the database's processors from whoever waits for an answer.
    /// </summary>
    [Range(1, 256)]
    public int ConcurrentMessageLimit { get; set; } = Math.Clamp(Environment.ProcessorCount, 2, 8);

    /// <summary>How long the inbox remembers a message. Must be longer than any message can wait in a queue or be parked in an outbox.</summary>
    public TimeSpan InboxRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long the queue of an instance that has gone keeps what it missed.</summary>
    public TimeSpan BroadcastExpiry { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The relay from outbox to broker.</summary>
    public RelayOptions Relay { get; set; } = new();

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Relay.Lease < Relay.SendTimeout * 2)
        {
            // Else rows could be sent again by another relay while the first is still within its time limit.
            yield return new ValidationResult("Messaging:Relay:Lease must be at least twice Messaging:Relay:SendTimeout.");
        }

        if (Relay.DeleteWithin <= TimeSpan.Zero || Relay.DeleteWithin > Relay.Lease / 2)
        {
            // Else a confirmed row could be taken and sent by another relay.
            yield return new ValidationResult("Messaging:Relay:DeleteWithin must be positive and at most half of Messaging:Relay:Lease.");
        }

        if (Relay.BatchSize is < 1 or > 10_000 || Relay.MaxAttempts < 1 || Relay.SendTimeout <= TimeSpan.Zero)
        {
            yield return new ValidationResult("Messaging:Relay: BatchSize (1 to 10000), MaxAttempts and SendTimeout must be positive.");
        }
    }
}

/// <summary>Settings of the configuration section <c>Messaging:Relay</c>.</summary>
public sealed class RelayOptions
{
    /// <summary>Off: this instance stores messages and leaves the sending to others.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Rows that one relay has in hand at most.</summary>
    public int BatchSize { get; set; } = 500;

    /// <summary>Shortest time between two visits to the table: what is committed in between is fetched together.</summary>
    public TimeSpan Linger { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Longest that this time grows while many rows come.</summary>
    public TimeSpan LongestLinger { get; set; } = TimeSpan.FromMilliseconds(40);

    /// <summary>
    /// Longest time between two visits; the actual time is drawn between half of it and all of it, so that replicas do not march in step.
    /// </summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Most visits look only at what was published within this time; what is older (a slow request, a failure, another's crash) is found by those that look
    /// at everything, twice in <see cref="Poll"/>, and all of them while there is more than one visit can take.
    /// </summary>
    public TimeSpan Recent { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// What was handed over and is confirmed is deleted within this time, and sooner if it is much: nobody waits for that, and a transaction for each
    /// message would cost the database as much as storing it did. After a crash so much more is sent again, and stopped by the inbox.
    /// </summary>
    public TimeSpan DeleteWithin { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Time limit for one message, from handing it over to the broker's confirm.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>For how long a row belongs to the relay that took it.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Failed attempts after which a row is parked. Attempts while the broker does not answer do not count.</summary>
    public int MaxAttempts { get; set; } = 12;

    /// <summary>Pause after a row's first failure; doubles with each further one.</summary>
    public TimeSpan FirstBackoff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause between two attempts.</summary>
    public TimeSpan LongestBackoff { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest pause between two looks whether the broker answers again.</summary>
    public TimeSpan LongestOutagePause { get; set; } = TimeSpan.FromSeconds(5);
}

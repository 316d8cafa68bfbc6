using Zweizeiler.Contracts;

namespace Zweizeiler.Notifications.Domain;

/// <summary>
/// A mail to be sent: to whom, which and about what. It is worded when it is sent; what may open something, or is confidential, rests sealed. Its id
/// makes the Message-ID: a mail sent twice after a crash is recognised as the same.
/// </summary>
public sealed class Mail : Sending
{
    /// <summary>Null for an account that nobody has registered yet; the address is then in the sealed part.</summary>
    public Guid? RecipientId { get; init; }

    /// <summary>What it is about, so that it is sent once however often that is told.</summary>
    public required string Key { get; init; }

    public required string Template { get; init; }

    /// <summary>The job that it is about: its mails form a thread.</summary>
    public Guid? JobId { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required MailDetails Details { get; init; }

    /// <summary>An address that we do not keep, and what opens an account; gone when it is sent.</summary>
    public SealedText? Secret { get; set; }

    public WrappedDataKey? SecretKey { get; set; }

    /// <summary>From when on it would only tell old news.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The digest that it is part of, or that it is.</summary>
    public DateTimeOffset? DigestAt { get; set; }

    public void Skip(DateTimeOffset now) => Finish(SendState.Skipped, now);

    public void Refuse(DateTimeOffset now) => Finish(SendState.Refused, now);

    /// <summary>Waits until the recipient may be disturbed.</summary>
    public void Postpone(DateTimeOffset until) => (DueAt, LeaseUntil) = (until, null);

    public void Collect(DateTimeOffset digest) => (State, DigestAt, LeaseUntil) = (SendState.Collected, digest, null);

    /// <summary>Told within a digest.</summary>
    public void Told(DateTimeOffset now) => Finish(SendState.Sent, now);

    protected override void Finish(SendState state, DateTimeOffset now)
    {
        base.Finish(state, now);
        (Secret, SecretKey) = (null, null);
    }
}

/// <summary>What a mail says about its subject, as far as it is not confidential. Which members there are depends on the template.</summary>
public sealed record MailDetails
{
    /// <summary>How the merchant calls the job.</summary>
    public string? Reference { get; init; }

    /// <summary>The job's state, or the reason or step of something.</summary>
    public string? State { get; init; }

    /// <summary>Number of a document.</summary>
    public string? Number { get; init; }

    /// <summary>What the merchant calls a key; the host of an endpoint.</summary>
    public string? Name { get; init; }

    public Guid? Subject { get; init; }

    public long? Cents { get; init; }

    public string? Currency { get; init; }

    public DateOnly? Day { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>Of a reminder or a rating.</summary>
    public int? Level { get; init; }

    public string? JobKind { get; init; }

    public string? Pair { get; init; }

    /// <summary>Whether a delivery stands after a ruling.</summary>
    public bool? Stands { get; init; }
}

namespace Zweizeiler.Marketplace.Domain;

/// <summary>
/// Something that is to be looked at when a time has come, worked off by any replica. A timer whose reason is gone, or has moved to a later time,
/// is not taken back: it finds nothing to do. Taking it back could wait for a worker who waits for us.
/// </summary>
public sealed class DueTimer
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>For a lease the claim, for an offer the offer, otherwise the job.</summary>
    public required Guid SubjectId { get; init; }

    public required Guid JobId { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    public static DueTimer ForLease(Guid claimId, Guid jobId, DateTimeOffset until, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Kind = TimerKind.Lease, SubjectId = claimId, JobId = jobId, DueAt = until };

    public static DueTimer ForEscalation(Guid jobId, DateTimeOffset at, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Kind = TimerKind.Escalation, SubjectId = jobId, JobId = jobId, DueAt = at };

    public static DueTimer ForDelay(Guid jobId, DateTimeOffset at, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Kind = TimerKind.Delay, SubjectId = jobId, JobId = jobId, DueAt = at };

    public static DueTimer ForPayment(Guid jobId, DateTimeOffset until, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Kind = TimerKind.Payment, SubjectId = jobId, JobId = jobId, DueAt = until };

    public static DueTimer ForLeaseEnding(Guid claimId, Guid jobId, DateTimeOffset at, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Kind = TimerKind.LeaseEnding, SubjectId = claimId, JobId = jobId, DueAt = at };

    public static DueTimer ForOffer(Offer offer, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Kind = TimerKind.Offer, SubjectId = offer.Id, JobId = offer.JobId, DueAt = offer.Until };
}

public static class TimerKind
{
    /// <summary>A claim ends.</summary>
    public const string Lease = "lease";

    /// <summary>A claim ends soon: its holder is told.</summary>
    public const string LeaseEnding = "lease_ending";

    /// <summary>The time is over in which a job was offered to one translator alone.</summary>
    public const string Offer = "offer";

    /// <summary>A job that nobody has taken is offered wider, at a higher fee, or no more.</summary>
    public const string Escalation = "escalation";

    /// <summary>A job in somebody's hands will miss its promise, or a revision its time: the merchant is told.</summary>
    public const string Delay = "delay";

    /// <summary>The time is over in which the money for a job could come.</summary>
    public const string Payment = "payment";
}

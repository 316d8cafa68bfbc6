namespace Zweizeiler.Marketplace.Domain;

/// <summary>
/// A delivery that the merchant rejected, or a corrected one that did not satisfy her either. A second translator of the pair rules; who has taken it
/// and who has ruled is decided by conditional updates.
/// </summary>
public sealed class Dispute
{
    public const int LongestText = 2_000;

    /// <summary>Nobody loses without a hearing: she has answered, or had the time to.</summary>
    public bool IsHeard(DateTimeOffset now, ReviewTimes times) => AnsweredAt is not null || now >= OpenedAt + times.HearingWithin;

    /// <summary>One dispute a delivery.</summary>
    public required Guid DeliveryId { get; init; }

    public required Guid JobId { get; init; }

    /// <summary>The complaint, if it is about one.</summary>
    public Guid? ComplaintId { get; init; }

    public required Guid WriterId { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>What the merchant objects to, sealed.</summary>
    public required byte[] Objection { get; init; }

    /// <summary>The writer's answer, sealed; given once.</summary>
    public byte[]? Rejoinder { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Who has taken it to rule, or has ruled: a translator or an operator.</summary>
    public Guid? RulerId { get; init; }

    public DateTimeOffset? RulerUntil { get; init; }

    public DateTimeOffset? RuledAt { get; init; }

    public bool? DeliveryStands { get; init; }

    /// <summary>The reason of the ruling, sealed.</summary>
    public byte[]? Ruling { get; init; }
}

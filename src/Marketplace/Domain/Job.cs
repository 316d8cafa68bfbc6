using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Orders;

namespace Zweizeiler.Marketplace.Domain;

/// <summary>
/// A job as translators see it: a read model of what was placed and funded, and the owner of who holds it. Claiming, releasing, delivering and
/// cancelling are decided by conditional updates in the database, not here, because two replicas may hold two copies of this object. What is decided
/// here is decided on a row that was locked first, see <c>JobRow</c>.
/// </summary>
public sealed partial class Job
{
    private Job()
    {
    }

    public Guid Id { get; private init; }

    public Guid MerchantId { get; private init; }

    public string Kind { get; private init; } = "";

    public string Mode { get; private init; } = "";

    public string Source { get; private init; } = "";

    public string Target { get; private init; } = "";

    public string Urgency { get; private init; } = "";

    /// <summary>The promise. It moves only away, by the time that the job waited for money and that questions waited.</summary>
    public DateTimeOffset DeliverBy { get; private set; }

    /// <summary>What was promised on placing. Null for jobs that were taken in before this was kept.</summary>
    public DateTimeOffset? PromisedBy { get; private init; }

    public int Characters { get; private init; }

    public int Lines { get; private init; }

    /// <summary>What the translator earns, with what the platform has added.</summary>
    public long FeeCents { get; private set; }

    /// <summary>What the platform added because nobody took the job.</summary>
    public long RaiseCents { get; private set; }

    public string Currency { get; private init; } = "";

    public JobState State { get; private set; }

    /// <summary>Grows with every step here; travels in each message so that a late one is told from a new one.</summary>
    public int Version { get; private set; }

    public DateTimeOffset PlacedAt { get; private init; }

    public DateTimeOffset? FundedAt { get; private set; }

    /// <summary>When there was no money for it, perhaps before it was funded after all.</summary>
    public DateTimeOffset? DeclinedAt { get; private set; }

    public DateTimeOffset? OfferedAt { get; private set; }

    /// <summary>From when the steps of the escalation are counted: the offer, later by the time that questions waited.</summary>
    public DateTimeOffset? ClockFrom { get; private set; }

    /// <summary>Since when the job is offered to those too who have paused.</summary>
    public DateTimeOffset? WidenedAt { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public Guid? ClaimId { get; private set; }

    /// <summary>Who holds the job, wrote what was delivered, or held it when it was cancelled.</summary>
    public Guid? HolderId { get; private set; }

    public DateTimeOffset? ClaimedAt { get; private set; }

    /// <summary>When the claim ends; for a revision, when it is due.</summary>
    public DateTimeOffset? LeaseUntil { get; private set; }

    /// <summary>What was left of the lease when a question stopped it.</summary>
    public TimeSpan? LeaseLeft { get; private set; }

    /// <summary>Whom the merchant wants to be asked first.</summary>
    public List<Guid> PreferredIds { get; private init; } = [];

    /// <summary>Who is never offered the job.</summary>
    public List<Guid> BlockedIds { get; private init; } = [];

    /// <summary>Who did the last job of the same case.</summary>
    public Guid? CaseTranslatorId { get; private init; }

    /// <summary>The case that it belongs to.</summary>
    public Guid? CaseId { get; private init; }

    public bool IsLive => Mode == "live";

    public bool IsFeeAtMost => JobKinds.IsFeeAtMost(Kind);

    /// <summary>The language that the merchant reads: a summary is made for her, everything else begins with her.</summary>
    public string MerchantLanguage => Kind == JobKinds.Summary ? Target : Source;

    public static Job Place(
        Guid id, Guid merchantId, JobFacts facts, PriceFacts price, DateTimeOffset placedAt, DateTimeOffset now, TranslatorPreferences? preferences = null,
        Guid? caseId = null)
    {
        return new Job
        {
            Id = id,
            MerchantId = merchantId,
            Kind = facts.Kind,
            Mode = facts.Mode,
            Source = facts.Source,
            Target = facts.Target,
            Urgency = facts.Urgency,
            DeliverBy = facts.DeliverBy,
            PromisedBy = facts.DeliverBy,
            Characters = price.Characters,
            Lines = price.Lines,
            FeeCents = price.TranslatorFeeCents,
            Currency = price.Currency,
            State = JobState.Placed,
            PlacedAt = placedAt,
            ChangedAt = now,
            PreferredIds = [.. preferences?.Preferred ?? []],
            BlockedIds = [.. preferences?.Blocked ?? []],
            CaseTranslatorId = preferences?.CaseTranslatorId,
            CaseId = caseId,
        };
    }

    /// <summary>Content and money are there. Returns whether the job is now on offer: jobs in test mode are not done by people.</summary>
    public bool Fund(long feeCents, DateTimeOffset fundedAt, DateTimeOffset now)
    {
        if (State is not (JobState.Placed or JobState.PaymentRequired) || FundedAt is not null)
        {
            return false;
        }

        FeeCents = feeCents;
        FundedAt = fundedAt;
        MoveByUnpaidTime();
        ChangedAt = now;
        if (!IsLive)
        {
            return false;
        }

        State = JobState.Open;
        OfferedAt = now;
        ClockFrom = now;
        Version++;
        return true;
    }

    /// <summary>There is no money for it. Returns whether that is news; if the money was there sooner than this, only the promise moves.</summary>
    public bool Decline(DateTimeOffset declinedAt, DateTimeOffset now)
    {
        if (DeclinedAt is null)
        {
            DeclinedAt = declinedAt;
            MoveByUnpaidTime();
        }

        if (State != JobState.Placed || FundedAt is not null)
        {
            return false;
        }

        State = JobState.PaymentRequired;
        ChangedAt = now;
        return true;
    }

    /// <summary>
    /// The time without money is the merchant's. Counted from what was promised on placing, because her word about the job may have brought the later
    /// promise before the money was told of here: Orders reckons the same.
    /// </summary>
    private void MoveByUnpaidTime()
    {
        if (FundedAt - DeclinedAt is { } unpaid && unpaid > TimeSpan.Zero && (PromisedBy ?? DeliverBy) + unpaid is var later && later > DeliverBy)
        {
            DeliverBy = later;
        }
    }
}

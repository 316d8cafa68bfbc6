namespace Zweizeiler.FaultInjection.Oracle;

/// <summary>What whoever asked knows of the outcome.</summary>
internal enum Outcome
{
    Acknowledged,
    Refused,

    /// <summary>No answer came, or one that says nothing about what was done.</summary>
    Unknown,
}

/// <summary>An order as its merchant knows it: one idempotency key, one or several jobs.</summary>
/// <param name="Key">The idempotency key.</param>
/// <param name="References">The references of its jobs; no other order has them.</param>
/// <param name="Outcome">What the last attempt said.</param>
/// <param name="Answers">The job ids of each attempt that was acknowledged; all of them must be the same.</param>
internal sealed record PlacedOrder(string Key, IReadOnlyList<string> References, Outcome Outcome, IReadOnlyList<IReadOnlyList<Guid>> Answers);

/// <summary>Something done to a job and acknowledged: by the merchant (named by the event that follows) or by a translator (<c>claim</c>, <c>deliver</c>).</summary>
internal sealed record Deed(string Kind, Guid JobId, Guid? TranslatorId = null);

/// <summary>A job as Orders has it.</summary>
internal sealed record StoredJob(Guid Id, string? Reference, string State, int Sequence);

/// <summary>A state change as the event log has it.</summary>
internal sealed record StateChange(Guid JobId, int Sequence, string Type, string State);

/// <summary>A webhook as its receiver saw it.</summary>
internal sealed record Heard(string WebhookId, Guid JobId, int Sequence, string Type);

/// <summary>In the order in which it happened: somebody began or ceased to hold a job.</summary>
internal sealed record Hold(Guid JobId, Guid TranslatorId, Guid ClaimId, bool Begins);

/// <summary>An entry of the ledger.</summary>
internal sealed record Booking(Guid? JobId, string Kind, long SumCents);

/// <summary>The ledger at one moment of the run.</summary>
/// <param name="At">When.</param>
/// <param name="Entries">How many entries there were.</param>
/// <param name="TotalCents">The sum of all postings.</param>
/// <param name="Unbalanced">Entries that do not make zero.</param>
/// <param name="WrongBalances">Running balances that are not the sum of their postings.</param>
internal sealed record LedgerSnapshot(DateTimeOffset At, long Entries, long TotalCents, long Unbalanced, long WrongBalances);

/// <summary>A line for a charged job, and the invoice that it stands on.</summary>
internal sealed record ChargeLine(Guid JobId, Guid? InvoiceId);

/// <summary>A paper with a number.</summary>
internal sealed record Paper(Guid Id, string Number, string State, int LineCount, int Documents);

/// <summary>A series of numbers and its last one.</summary>
internal sealed record Series(string Name, int Year, int Last);

/// <summary>How often the effect of a message was committed by one consumer.</summary>
internal sealed record Effect(string Service, Guid MessageId, string Consumer, int Times);

/// <summary>Something that waits after quiet.</summary>
/// <param name="Place">Which table or queue.</param>
/// <param name="Count">How many.</param>
/// <param name="Explanation">Why that is right; null if nobody knows.</param>
internal sealed record Leftover(string Place, long Count, string? Explanation = null);

/// <summary>A place that was searched for confidential texts.</summary>
internal sealed record SearchedPlace(string Place, long Bytes, bool HasText);

/// <summary>Everything that is known after quiet. The oracle judges this and asks nobody anything.</summary>
internal sealed record Evidence
{
    public IReadOnlyList<PlacedOrder> Orders { get; init; } = [];

    public IReadOnlyList<Deed> Deeds { get; init; } = [];

    public IReadOnlyList<StoredJob> Jobs { get; init; } = [];

    /// <summary>The marketplace's state of each job.</summary>
    public IReadOnlyDictionary<Guid, string> MarketplaceStates { get; init; } = new Dictionary<Guid, string>();

    /// <summary>In order of job and sequence.</summary>
    public IReadOnlyList<StateChange> Changes { get; init; } = [];

    public IReadOnlyList<Heard> Webhooks { get; init; } = [];

    public IReadOnlyList<Hold> Holds { get; init; } = [];

    /// <summary>Deliveries in the marketplace: job and translator, one each.</summary>
    public IReadOnlyList<(Guid JobId, Guid TranslatorId)> Deliveries { get; init; } = [];

    public IReadOnlyList<Booking> Bookings { get; init; } = [];

    /// <summary>Jobs that the marketplace shows as earned.</summary>
    public IReadOnlyList<Guid> Earnings { get; init; } = [];

    public IReadOnlyList<LedgerSnapshot> Snapshots { get; init; } = [];

    public IReadOnlyList<ChargeLine> Lines { get; init; } = [];

    public IReadOnlyList<Paper> Papers { get; init; } = [];

    public IReadOnlyList<Series> Series { get; init; } = [];

    public IReadOnlyList<Effect> Effects { get; init; } = [];

    public IReadOnlyList<Leftover> Leftovers { get; init; } = [];

    public IReadOnlyList<SearchedPlace> Searched { get; init; } = [];
}

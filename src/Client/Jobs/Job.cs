using System.Collections.Immutable;

namespace Zweizeiler.Client;

/// <summary>A job as the API shows it. Its texts are not part of it; see <see cref="JobsResource.ListDeliveriesAsync"/>.</summary>
public sealed record Job
{
    /// <summary><c>job_…</c></summary>
    public required string Id { get; init; }

    /// <summary>One of <see cref="JobKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>One of <see cref="JobState"/>; a later version may know more.</summary>
    public required string State { get; init; }

    /// <summary><c>live</c> or <c>test</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>Source language.</summary>
    public required string Source { get; init; }

    /// <summary>Target language.</summary>
    public required string Target { get; init; }

    /// <summary><c>standard</c>, <c>express</c> or <c>night</c>.</summary>
    public required string Urgency { get; init; }

    /// <summary>What it costs at most; itemised.</summary>
    public required JobPrice Price { get; init; }

    /// <summary>What was promised.</summary>
    public required JobPromise Promise { get; init; }

    /// <summary>The case that it belongs to.</summary>
    public string? CaseId { get; init; }

    /// <summary>Your own reference.</summary>
    public string? Reference { get; init; }

    /// <summary>Your cost centre.</summary>
    public string? CostCentre { get; init; }

    /// <summary>Your own pairs.</summary>
    public IReadOnlyDictionary<string, string> Metadata
    {
        // Here rather than as an initializer: generated deserialization sets every init-only property, also one that the JSON lacks.
        get => field ?? ImmutableDictionary<string, string>.Empty;
        init;
    }

    /// <summary>When it was ordered.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its state last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Who is working on it or has delivered it.</summary>
    public JobTranslator? Translator { get; init; }

    /// <summary>When you asked for it to be cancelled; null if you did not, or if that came too late.</summary>
    public DateTimeOffset? CancellationRequestedAt { get; init; }

    /// <summary>How many questions wait for your answer.</summary>
    public int OpenQuestions { get; init; }

    /// <summary>The newest complaint about it, in short.</summary>
    public JobComplaint? Complaint { get; init; }

    /// <summary>
    /// Why it is in <see cref="JobState.PaymentRequired"/>: <c>balance.insufficient</c> goes on by itself when the balance covers it, within 7 days;
    /// <c>price.mismatch</c> does not, cancel it and order again. Null in every other state.
    /// </summary>
    public string? FundingProblem { get; init; }

    /// <summary>When the delivery counts as accepted by itself, UTC; null before a delivery, while a revision or a ruling stops that clock, and after the end.</summary>
    public DateTimeOffset? AcceptanceDueAt { get; init; }

    /// <summary>When it was accepted, by you or by itself, UTC.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>Only with <see cref="JobExpand.Deliveries"/>: what was delivered.</summary>
    public IReadOnlyList<Delivery>? Deliveries { get; init; }

    /// <summary>Only with <see cref="JobExpand.Case"/>: the case that it belongs to.</summary>
    public Case? Case { get; init; }
}

/// <summary>What comes with a job in the same answer.</summary>
[Flags]
public enum JobExpand
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>What was delivered for it.</summary>
    Deliveries = 1,

    /// <summary>The case that it belongs to.</summary>
    Case = 2,
}

/// <summary>The states of a job.</summary>
public static class JobState
{
    /// <summary>Stored and priced.</summary>
    public const string Placed = "placed";

    /// <summary>Funded and on offer.</summary>
    public const string Open = "open";

    /// <summary>A translator has taken it.</summary>
    public const string InProgress = "in_progress";

    /// <summary>The translator has asked something and waits for your answer; the clock stands still.</summary>
    public const string OnHold = "on_hold";

    /// <summary>Delivered; yours to accept.</summary>
    public const string InReview = "in_review";

    /// <summary>Back with the translator, who changes what you wanted changed.</summary>
    public const string InRevision = "in_revision";

    /// <summary>You rejected the delivery; a second translator rules.</summary>
    public const string Disputed = "disputed";

    /// <summary>Accepted and charged. Final.</summary>
    public const string Accepted = "accepted";

    /// <summary>The ruling went against the delivery; nothing is charged. Final.</summary>
    public const string Refunded = "refunded";

    /// <summary>Cancelled at your wish; free before work began, a share of the price afterwards. Final.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Nobody could be found in time, or your balance did not cover it within 7 days; nothing is charged. Final.</summary>
    public const string Expired = "expired";

    /// <summary>Not paid for yet; goes on by itself when the balance covers it. See <see cref="Job.FundingProblem"/>.</summary>
    public const string PaymentRequired = "payment_required";
}

/// <summary>A job's price: every step of it, so that it can be checked. All amounts are cents.</summary>
/// <param name="Characters">Counted characters.</param>
/// <param name="Lines">Counted lines.</param>
/// <param name="BilledLines">Charged lines: the counted ones, or the minimum.</param>
/// <param name="RatePerLine">Cents a line.</param>
/// <param name="UrgencyFactor">Factor of the urgency.</param>
/// <param name="Net">Net price.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Tax">Tax, for information; the invoice computes it on the month's sum.</param>
/// <param name="Gross">Net and tax.</param>
/// <param name="PriceList">Version of the price list.</param>
/// <param name="Counting">Version of the counting rules.</param>
/// <param name="RepetitionFactor">1, or less for an exact repetition of a text that was delivered to you before.</param>
public sealed record JobPrice(
    int Characters,
    int Lines,
    int BilledLines,
    int RatePerLine,
    decimal UrgencyFactor,
    long Net,
    string Currency,
    JobTax Tax,
    long Gross,
    string PriceList,
    int Counting,
    decimal RepetitionFactor = 1m);

/// <summary>Tax on a job.</summary>
/// <param name="Category">EN 16931 category code: S, AE, O or E.</param>
/// <param name="Rate">Percent.</param>
/// <param name="Amount">Cents.</param>
public sealed record JobTax(string Category, decimal Rate, long Amount);

/// <summary>What was promised for a job.</summary>
/// <param name="DeliverBy">The time by which it is delivered.</param>
public sealed record JobPromise(DateTimeOffset DeliverBy);

/// <summary>The translator of a job.</summary>
/// <param name="Id"><c>trn_…</c>; see <see cref="ZweizeilerClient.Translators"/>.</param>
/// <param name="DisplayName">The name that merchants see.</param>
public sealed record JobTranslator(string Id, string? DisplayName);

namespace Zweizeiler.Contracts;

/// <summary>What a job is, as far as every service must know it. Names are spelt as in the public API.</summary>
/// <param name="Kind"><c>translation</c>, <c>formulation</c>, <c>summary</c> or <c>call</c>.</param>
/// <param name="Mode"><c>live</c> or <c>test</c>; no money moves in test mode.</param>
/// <param name="Source">Source language, ISO 639-1, lower case.</param>
/// <param name="Target">Target language, ISO 639-1, lower case.</param>
/// <param name="Urgency"><c>standard</c>, <c>express</c> or <c>night</c>.</param>
/// <param name="DeliverBy">The promised time of delivery, UTC.</param>
public sealed record JobFacts(string Kind, string Mode, string Source, string Target, string Urgency, DateTimeOffset DeliverBy);

/// <summary>The data that a merchant attached to a job for her own books.</summary>
/// <param name="Reference">The merchant's reference, usually an order number.</param>
/// <param name="CostCentre">The cost centre that the invoice line names.</param>
/// <param name="CaseId">The case that the job belongs to.</param>
public sealed record JobFiling(string? Reference, string? CostCentre, Guid? CaseId);

/// <summary>A price as Orders computed it: enough to compute it again and compare to the cent.</summary>
/// <param name="PriceList">Version of the price list that the job was priced with.</param>
/// <param name="Counting">Version of the counting rules.</param>
/// <param name="Characters">Counted characters.</param>
/// <param name="Lines">Counted lines, before the minimum.</param>
/// <param name="BilledLines">Lines that are charged.</param>
/// <param name="RatePerLine">Cents a line.</param>
/// <param name="UrgencyFactor">Factor of the urgency, for example 1.25.</param>
/// <param name="NetCents">Net price in cents: the most that can ever be charged for the job, before tax.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="TaxCategory">EN 16931 category code (UNCL 5305): S, AE, O or E.</param>
/// <param name="TaxRate">Rate in percent.</param>
/// <param name="TaxCents">Tax in cents, for information; the invoice computes tax on the sum.</param>
/// <param name="TranslatorFeeCents">The translator's fee in cents.</param>
/// <param name="RepetitionFactor">1, or the price list's share for an exact repetition of a text delivered before.</param>
/// <param name="MinimumLines">
/// The job's own share of the minimum: what is charged by delivery later is not charged below it. Null: the whole minimum, as far as the billed lines
/// have room for it.
/// </param>
public sealed record PriceFacts(
    string PriceList,
    int Counting,
    int Characters,
    int Lines,
    int BilledLines,
    int RatePerLine,
    decimal UrgencyFactor,
    long NetCents,
    string Currency,
    string TaxCategory,
    decimal TaxRate,
    long TaxCents,
    long TranslatorFeeCents,
    decimal RepetitionFactor = 1m,
    int? MinimumLines = null);

/// <summary>How a call went, as far as it decides the price.</summary>
/// <param name="Outcome"><c>reached</c>, <c>voicemail</c>, <c>not_reached</c> or <c>wrong_number</c>; only <c>reached</c> is charged by the minute.</param>
/// <param name="Minutes">Started minutes spoken; 0 if nobody was reached.</param>
/// <param name="Attempts">How often it was tried.</param>
public sealed record CallFacts(string Outcome, int Minutes, int Attempts);

/// <summary>The names of a call's outcomes.</summary>
public static class CallOutcome
{
    /// <summary>The customer was spoken to.</summary>
    public const string Reached = "reached";

    /// <summary>A message was left.</summary>
    public const string Voicemail = "voicemail";

    /// <summary>Nobody answered in all agreed attempts.</summary>
    public const string NotReached = "not_reached";

    /// <summary>Somebody else's number, or none.</summary>
    public const string WrongNumber = "wrong_number";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Reached, Voicemail, NotReached, WrongNumber];
}

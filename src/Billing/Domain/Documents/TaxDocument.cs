using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Domain.Documents;

/// <summary>What kind of paper it is, by its code in UNCL 1001.</summary>
public enum PaperKind
{
    /// <summary>380: a merchant's monthly invoice.</summary>
    Invoice,

    /// <summary>381: what a merchant gets back.</summary>
    CreditNote,

    /// <summary>389: what a translator earned; the buyer writes the invoice.</summary>
    SelfBilled,
}

/// <summary>Everything that a paper says. XML and PDF are two forms of one of these, so that they cannot say different things.</summary>
public sealed record TaxDocument
{
    public required PaperKind Kind { get; init; }

    public required string Number { get; init; }

    public required DateOnly IssuedOn { get; init; }

    /// <summary>First and last day of the month that it is about.</summary>
    public required DateOnly From { get; init; }

    public required DateOnly Until { get; init; }

    public DateOnly? DueOn { get; init; }

    /// <summary><c>de</c> or <c>en</c>: the language of what is written in words.</summary>
    public required string Language { get; init; }

    public required Party Seller { get; init; }

    public required Party Buyer { get; init; }

    /// <summary>The number under which the platform keeps the other party, on every paper.</summary>
    public required string CustomerNumber { get; init; }

    /// <summary>Papers that this one corrects.</summary>
    public IReadOnlyList<string> Corrects { get; init; } = [];

    /// <summary>A remark in words, for example why it was corrected.</summary>
    public string? Note { get; init; }

    public required IReadOnlyList<PaperLine> Lines { get; init; }

    public required PaperSums Sums { get; init; }

    /// <summary>Where to pay to; null if nothing is to be paid by transfer.</summary>
    public PaymentTarget? PayTo { get; init; }
}

/// <summary>A line, seen from the paper: plus on a credit note is what is given back.</summary>
public sealed record PaperLine(string Id, string Description, string? Reference, string? CostCentre, long NetCents, TaxTreatment Tax);

/// <summary>Where and under which reference to pay.</summary>
public sealed record PaymentTarget(string Iban, string? Bic, string Holder, string Reference);

/// <summary>The sums of a paper in cents, all of one sign.</summary>
/// <param name="Taxes">One for each category and rate.</param>
/// <param name="PaidCents">What was paid already, or is paid from the balance.</param>
/// <param name="RoundingCents">What the platform bears so that nobody pays more than was quoted; zero or less.</param>
public sealed record PaperSums(IReadOnlyList<TaxSum> Taxes, long PaidCents, long RoundingCents)
{
    public long NetCents => Taxes.Sum(t => t.NetCents);

    public long TaxCents => Taxes.Sum(t => t.TaxCents);

    public long GrossCents => NetCents + TaxCents;

    public long DueCents => GrossCents - PaidCents + RoundingCents;

    /// <summary>Tax once for each category and rate on the sum of its nets (EN 16931 BR-S-08, BR-S-09).</summary>
    public static IReadOnlyList<TaxSum> TaxesOf(IEnumerable<(TaxTreatment Tax, long NetCents)> lines) =>
    [
        .. lines.GroupBy(l => l.Tax)
            .OrderBy(g => g.Key.Category).ThenBy(g => g.Key.Rate)
            .Select(g => (g.Key, Net: g.Aggregate(0L, (sum, l) => checked(sum + l.NetCents))))
            .Select(g => new TaxSum(g.Key.Category, g.Key.Rate, g.Net, g.Key.On(Money.Euro(g.Net)).Amount.Cents)),
    ];

    /// <summary>What the jobs' own taxes make together; the paper's may differ from it by cents.</summary>
    public static long TaxesOfJobs(IEnumerable<(TaxTreatment Tax, long NetCents)> lines) =>
        lines.Sum(l => l.Tax.On(Money.Euro(l.NetCents)).Amount.Cents);
}

/// <summary>The sum of one tax category and rate.</summary>
public sealed record TaxSum(TaxCategory Category, decimal Rate, long NetCents, long TaxCents);

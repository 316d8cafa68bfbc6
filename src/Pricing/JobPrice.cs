namespace Zweizeiler.Pricing;

/// <summary>A job's price, itemised. Made by <see cref="JobPricer"/> only, so that the items always make the sum.</summary>
public sealed record JobPrice
{
    internal JobPrice()
    {
    }

    /// <summary>Version of the price list.</summary>
    public required string PriceList { get; init; }

    /// <summary>Version of the counting rules.</summary>
    public required int Counting { get; init; }

    /// <summary>Counted characters; 0 where no text was counted (a call, a formulation not yet written).</summary>
    public required int Characters { get; init; }

    /// <summary>Lines, or line equivalents of a call.</summary>
    public required int Lines { get; init; }

    /// <summary>The job's share of the minimum, in lines: the price list's minimum for a single job, what a bundle left of it otherwise.</summary>
    public required int MinimumLines { get; init; }

    /// <summary>Lines that are charged: the greater of <see cref="Lines"/> and <see cref="MinimumLines"/>.</summary>
    public required int BilledLines { get; init; }

    /// <summary>Cents a line for the job's kind and languages.</summary>
    public required int RatePerLine { get; init; }

    /// <summary>Factor of the urgency, for example 1.25.</summary>
    public required decimal UrgencyFactor { get; init; }

    /// <summary>1, or the share that an exact repetition costs.</summary>
    public required decimal RepetitionFactor { get; init; }

    /// <summary>Lines × rate × factors, rounded once.</summary>
    public required Money Net { get; init; }

    /// <summary>Tax on this job alone, for information: the invoice computes tax on the sum.</summary>
    public required Tax Tax { get; init; }

    /// <summary>What the translator gets of <see cref="Net"/>.</summary>
    public required Money TranslatorFee { get; init; }

    /// <summary>Net and tax.</summary>
    public Money Gross => Net + Tax.Amount;

    /// <summary>What the platform keeps of <see cref="Net"/>.</summary>
    public Money PlatformShare => Net - TranslatorFee;

    /// <summary>ISO 4217 code of all amounts.</summary>
    public string Currency => Net.Currency;
}

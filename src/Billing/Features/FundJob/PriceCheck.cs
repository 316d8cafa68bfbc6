using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Features.FundJob;

/// <summary>Prices a placed job again from its counts, by Billing's own price list and tax rules.</summary>
public static class PriceCheck
{
    /// <summary>Whether every number of the price is the one that Billing finds, to the cent.</summary>
    public static bool IsRight(JobPlaced placed, PriceList? list, TaxRules taxes)
    {
        try
        {
            return list is not null && Compare(placed, list, taxes);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            // What cannot be priced at all (a pair not on offer, a negative count) was not priced right either.
            return false;
        }
    }

    /// <summary>The job's share of the minimum: as it was told, or the whole as far as the billed lines have room for it.</summary>
    public static int MinimumOf(PriceFacts price, PriceList? list) => price.MinimumLines ?? Math.Min(price.BilledLines, list?.MinimumLines ?? 0);

    private static bool Compare(JobPlaced placed, PriceList list, TaxRules taxes)
    {
        var (facts, given) = (placed.Facts, placed.Price);
        if (!ApiNames.TryParse(facts.Kind, out JobKind kind)
            || !ApiNames.TryParse(facts.Urgency, out Urgency urgency)
            || !LanguagePair.TryOf(facts.Source, facts.Target, out var pair)
            // Counted by rules that are newer than these: nothing here could tell whether they were followed.
            || given.Counting is < 1 or > LineCounter.RulesVersion)
        {
            return false;
        }

        // A job that shared its minimum with others of its request may be billed less than the minimum, though never less than its lines.
        var price = JobPricer.Price(
            list, Order(kind, pair, urgency, given, list), taxes.For(placed.Country, placed.IsBusiness, placed.VatIdValid), MinimumOf(given, list));
        return given.PriceList == price.PriceList
            && given.Characters == price.Characters
            && given.Lines == price.Lines
            && given.BilledLines == price.BilledLines
            && given.RatePerLine == price.RatePerLine
            && given.UrgencyFactor == price.UrgencyFactor
            && given.RepetitionFactor == price.RepetitionFactor
            && given.NetCents == price.Net.Cents
            && given.Currency == price.Currency
            && given.TaxCategory == price.Tax.Category.ToString()
            && given.TaxRate == price.Tax.Rate
            && given.TaxCents == price.Tax.Amount.Cents
            && given.TranslatorFeeCents == price.TranslatorFee.Cents;
    }

    /// <summary>What the job must have been priced as, if it was priced right. A text is counted; a reply and a call are priced by what was ordered at most.</summary>
    private static JobOrder Order(JobKind kind, LanguagePair pair, Urgency urgency, PriceFacts given, PriceList list) => kind switch
    {
        JobKind.Translation => JobOrder.Translation(pair, Count(given, list), urgency, given.RepetitionFactor != 1m),
        JobKind.Summary => JobOrder.Summary(pair, Count(given, list), urgency, given.RepetitionFactor != 1m),
        JobKind.Formulation => JobOrder.Formulation(pair, given.Lines, urgency),
        JobKind.Call => JobOrder.Call(pair, given.Lines - list.CallBaseLines, urgency),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static LineCount Count(PriceFacts given, PriceList list) => LineCount.Restore(given.Characters, list.LineLength, given.Counting);
}

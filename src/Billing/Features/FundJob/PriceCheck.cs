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

    private static bool Compare(JobPlaced placed, PriceList list, TaxRules taxes)
    {
        var (facts, given) = (placed.Facts, placed.Price);
        if (!ApiNames.TryParse(facts.Kind, out JobKind kind) || kind != JobKind.Translation
            || !ApiNames.TryParse(facts.Urgency, out Urgency urgency)
            || !LanguagePair.TryOf(facts.Source, facts.Target, out var pair)
            // Counted by rules that are newer than these: nothing here could tell whether they were followed.
            || given.Counting > LineCounter.RulesVersion)
        {
            return false;
        }

        var count = LineCount.Restore(given.Characters, list.LineLength, given.Counting);
        // A job that shared its minimum with others of its request may be billed less than the minimum, though never less than its lines.
        var minimum = Math.Min(given.BilledLines, list.MinimumLines);
        var price = JobPricer.Price(
            list, JobOrder.Translation(pair, count, urgency), taxes.For(placed.Country, placed.IsBusiness, placed.VatIdValid), minimum);
        return given.PriceList == price.PriceList
            && given.Counting == price.Counting
            && given.Characters == price.Characters
            && given.Lines == price.Lines
            && given.BilledLines == price.BilledLines
            && given.RatePerLine == price.RatePerLine
            && given.UrgencyFactor == price.UrgencyFactor
            && given.NetCents == price.Net.Cents
            && given.Currency == price.Currency
            && given.TaxCategory == price.Tax.Category.ToString()
            && given.TaxRate == price.Tax.Rate
            && given.TaxCents == price.Tax.Amount.Cents
            && given.TranslatorFeeCents == price.TranslatorFee.Cents;
    }
}

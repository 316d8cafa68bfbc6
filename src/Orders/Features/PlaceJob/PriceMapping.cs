using Zweizeiler.Contracts;
using Zweizeiler.Pricing;

namespace Zweizeiler.Orders.Features.PlaceJob;

internal static class PriceMapping
{
    public static PriceFacts ToFacts(this JobPrice price) => new(
        price.PriceList,
        price.Counting,
        price.Characters,
        price.Lines,
        price.BilledLines,
        price.RatePerLine,
        price.UrgencyFactor,
        price.Net.Cents,
        price.Currency,
        price.Tax.Category.ToString(),
        price.Tax.Rate,
        price.Tax.Amount.Cents,
        price.TranslatorFee.Cents,
        price.RepetitionFactor,
        price.MinimumLines);
}

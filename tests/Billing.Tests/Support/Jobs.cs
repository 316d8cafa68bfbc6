using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Tests.Support;

/// <summary>Messages as Orders publishes them.</summary>
public static class Jobs
{
    /// <summary>A job of 93 characters, de→fr: 2 lines, 2.40 € net, 2.86 € gross, 1.68 € for the translator.</summary>
    public static JobPlaced Placed(
        Guid merchant, int characters = 93, Urgency urgency = Urgency.Standard, string mode = "live", string? reference = "ORDER-4711",
        string country = "DE", bool vatIdValid = true, int? minimumLines = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var list = PriceList.Initial;
        var order = JobOrder.Translation(LanguagePair.Of("de", "fr"), LineCount.Restore(characters), urgency);
        var price = JobPricer.Price(list, order, TaxRules.Germany.For(country, isBusiness: true, vatIdValid), minimumLines ?? list.MinimumLines);
        return new JobPlaced(
            Guid.CreateVersion7(now),
            merchant,
            new JobFacts("translation", mode, "de", "fr", urgency.Name(), now.AddHours(4)),
            new JobFiling(reference, "FR", null),
            new PriceFacts(
                price.PriceList, price.Counting, price.Characters, price.Lines, price.BilledLines, price.RatePerLine, price.UrgencyFactor,
                price.Net.Cents, price.Currency, price.Tax.Category.ToString(), price.Tax.Rate, price.Tax.Amount.Cents, price.TranslatorFee.Cents),
            country,
            IsBusiness: true,
            vatIdValid,
            new SealedText([1]),
            new WrappedDataKey([1]),
            now);
    }

    public static DeliveryAccepted Accepted(JobPlaced job, Guid? translator = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new DeliveryAccepted(
            job.JobId, job.MerchantId, Guid.CreateVersion7(now), translator ?? Guid.CreateVersion7(now), 5, null, false, false, now);
    }

    public static long Gross(JobPlaced job) => job.Price.NetCents + job.Price.TaxCents;
}

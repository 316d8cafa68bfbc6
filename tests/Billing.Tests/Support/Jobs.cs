using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Tests.Support;

/// <summary>Messages as the other services publish them.</summary>
public static class Jobs
{
    public static LanguagePair Pair { get; } = LanguagePair.Of("de", "fr");

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>A job of 93 characters, de→fr: 2 lines, 2.40 € net, 2.86 € gross, 1.68 € for the translator.</summary>
    public static JobPlaced Placed(
        Guid merchant, int characters = 93, Urgency urgency = Urgency.Standard, string mode = "live", string? reference = "ORDER-4711",
        string country = "DE", bool vatIdValid = true, int? minimumLines = null) =>
        Ordered(merchant, JobOrder.Translation(Pair, LineCount.Restore(characters), urgency), mode, reference, country, vatIdValid, minimumLines);

    /// <summary>A reply of at most this many lines: 6 lines are 7.20 € net, 8.57 € gross, 5.04 € for the translator.</summary>
    public static JobPlaced Formulation(Guid merchant, int maxLines = 6, int? minimumLines = null, string country = "DE") =>
        Ordered(merchant, JobOrder.Formulation(Pair, maxLines, Urgency.Standard), country: country, minimumLines: minimumLines);

    /// <summary>A call of at most this many minutes: 4 lines and 10 minutes are 16.80 € net, 19.99 € gross.</summary>
    public static JobPlaced Call(Guid merchant, int maxMinutes = 10) => Ordered(merchant, JobOrder.Call(Pair, maxMinutes, Urgency.Standard));

    public static JobPlaced Ordered(
        Guid merchant, JobOrder order, string mode = "live", string? reference = "ORDER-4711", string country = "DE", bool vatIdValid = true,
        int? minimumLines = null, bool tellsMinimum = true)
    {
        var now = Now;
        var list = PriceList.Initial;
        var price = JobPricer.Price(list, order, TaxRules.Germany.For(country, isBusiness: true, vatIdValid), minimumLines ?? list.MinimumLines);
        return new JobPlaced(
            Guid.CreateVersion7(now),
            merchant,
            new JobFacts(order.Kind.Name(), mode, order.Pair.Source, order.Pair.Target, order.Urgency.Name(), now.AddHours(4)),
            new JobFiling(reference, "FR", null),
            new PriceFacts(
                price.PriceList, price.Counting, price.Characters, price.Lines, price.BilledLines, price.RatePerLine, price.UrgencyFactor,
                price.Net.Cents, price.Currency, price.Tax.Category.ToString(), price.Tax.Rate, price.Tax.Amount.Cents, price.TranslatorFee.Cents,
                price.RepetitionFactor, tellsMinimum ? price.MinimumLines : null),
            country,
            IsBusiness: true,
            vatIdValid,
            new SealedText([1]),
            new WrappedDataKey([1]),
            now);
    }

    public static DeliveryAccepted Accepted(JobPlaced job, Guid? translator = null, int lines = 0, CallFacts? call = null) => new(
        job.JobId, job.MerchantId, NewId(), translator ?? NewId(), 5, null, false, false, Now, lines, call);

    public static JobCancelled Cancelled(JobPlaced job, Guid? translator = null, int version = 3) => new(job.JobId, job.MerchantId, version, translator, Now);

    public static JobExpired Expired(JobPlaced job) => new(job.JobId, job.MerchantId, 5, Now);

    public static JobRefunded Refunded(JobPlaced job) => new(job.JobId, job.MerchantId, Now);

    public static JobEscalated Escalated(JobPlaced job, long raiseCents, int version = 2) => new(
        job.JobId, job.MerchantId, version, raiseCents > 0 ? "fee_raised" : "widened", raiseCents, Now);

    public static ComplaintCredited Credited(JobPlaced job, Guid translator, bool byRuling = false) => new(
        job.JobId, job.MerchantId, NewId(), translator, byRuling, Now);

    public static long Gross(JobPlaced job) => job.Price.NetCents + job.Price.TaxCents;

    public static Guid NewId() => Guid.CreateVersion7(Now);
}

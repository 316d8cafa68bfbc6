using Zweizeiler.Contracts;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Eta;
using Zweizeiler.Orders.Features.Given;
using Zweizeiler.Orders.Features.Offers;
using Zweizeiler.Orders.Features.Quotes;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;

namespace Zweizeiler.Orders.Features.PlaceJob;

/// <summary>One job of an order, checked, priced and promised.</summary>
internal sealed record PricedJob(JobDraft Draft, PriceFacts Price, Guid? RepetitionKey, DateTimeOffset DeliverBy);

/// <summary>An order that can be placed, or quoted.</summary>
/// <param name="Merchant">Whose.</param>
/// <param name="Supply">What decided the tax: the merchant's as it is now, or as it was for the quote.</param>
/// <param name="Quote">The quote that it is placed by.</param>
/// <param name="Jobs">All of its jobs.</param>
internal sealed record PricedOrder(Merchant Merchant, Supply Supply, Quote? Quote, IReadOnlyList<PricedJob> Jobs);

/// <summary>Checks, prices and promises what a request orders; so a quote and an order cannot come to different results. Stores nothing.</summary>
internal sealed class Intake(
    Caller caller, Merchants merchants, PriceLists priceLists, QuoteBook quotes, Repetitions repetitions, Promises promises, GivenOnce givenOnce)
{
    /// <exception cref="ServiceDefaults.Problems.ApiException">There were faults (422); all of them are named.</exception>
    public async Task<PricedOrder> ReadAsync(Body<JobOrderItem> body, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var faults = body.Faults;
        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        var items = OrderItems.Of(body);
        if (items.Count > Limits.JobsAtOnce)
        {
            // Thousands of items are not looked at one by one, least of all in the database.
            faults.ThrowIfAny();
        }

        var filled = await givenOnce.FillAsync(items, faults, cancellationToken);
        var quote = await quotes.FindAsync(items, now, faults, cancellationToken);
        var list = quote is null
            ? await priceLists.ActiveAsync(cancellationToken)
            : await priceLists.GetAsync(quote.PriceList, cancellationToken);

        var rules = new JobRules(list, now, faults, quoted: quote is not null);
        var drafts = Check(body, filled, rules);
        if (quote is not null)
        {
            quotes.Compare(quote, drafts, merchant.DataKey, faults);
            faults.ThrowIfAny();
        }
        else if (drafts.Count == 0 || drafts.Contains(null))
        {
            // Without all of its jobs the price of a bundle is not known.
            faults.ThrowIfAny();
        }

        var supply = quote?.Supply ?? Supply.Of(merchant);
        var keys = drafts.Select(d => repetitions.KeyOf(d!, merchant.DataKey)).ToList();
        var prices = quote is null
            ? await PriceAsync(list, drafts!, keys, supply, cancellationToken)
            : [.. quote.Items.Select(i => i.Price)];
        CheckPrices(body, items, prices, rules);
        faults.ThrowIfAny();

        var jobs = new List<PricedJob>(drafts.Count);
        for (var i = 0; i < drafts.Count; i++)
        {
            jobs.Add(new PricedJob(drafts[i]!, prices[i], keys[i], await PromiseAsync(list, drafts[i]!, now, cancellationToken)));
        }

        return new PricedOrder(merchant, supply, quote, jobs);
    }

    private static List<JobDraft?> Check(Body<JobOrderItem> body, IReadOnlyList<GivenItem> items, JobRules rules)
    {
        if (body.Value.Jobs is not null)
        {
            rules.CheckMaxPrice("/maxPrice", body.Value.MaxPrice);
        }

        return [.. items.Select(rules.Check)];
    }

    private async Task<IReadOnlyList<PriceFacts>> PriceAsync(
        PriceList list, IReadOnlyList<JobDraft> drafts, List<Guid?> keys, Supply supply, CancellationToken cancellationToken)
    {
        var delivered = await repetitions.DeliveredAsync(keys, cancellationToken);
        var orders = drafts.Select((draft, i) => draft.ToOrder(isRepetition: keys[i] is { } key && delivered.Contains(key))).ToList();
        var tax = TaxRules.Germany.For(supply.Country, supply.IsBusiness, supply.VatIdValid);
        return [.. JobPricer.PriceBundle(list, orders, tax).Select(price => price.ToFacts())];
    }

    private static void CheckPrices(Body<JobOrderItem> body, List<OrderItem> items, IReadOnlyList<PriceFacts> prices, JobRules rules)
    {
        for (var i = 0; i < items.Count; i++)
        {
            rules.CheckPrice(items[i].At, items[i].Job.MaxPrice, [prices[i]]);
        }

        if (body.Value.Jobs is not null)
        {
            rules.CheckPrice("", body.Value.MaxPrice, prices);
        }
    }

    private async Task<DateTimeOffset> PromiseAsync(PriceList list, JobDraft draft, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var by = now + (await promises.ForecastAsync(list, draft.Kind, draft.Pair, draft.Urgency, now, cancellationToken)).NinetyPercent;
        // A call cannot be late while the customer may still be rung up.
        return draft.Content.Call is { } call && call.To > by ? call.To : by;
    }
}

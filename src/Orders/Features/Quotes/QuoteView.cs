using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.ReadJobs;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.OpenApi;

namespace Zweizeiler.Orders.Features.Quotes;

/// <summary>A price that binds us until it expires. The texts that it was made for are not part of it.</summary>
public sealed record QuoteView(
    string Id,
    [property: AllowedValues("live", "test")] string Mode,
    [property: Description("One a job, in the order of the request.")] IReadOnlyList<QuotedItemView> Items,
    QuoteTotalView Total,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    [property: Description("When an order used it; a quote is for one order.")] DateTimeOffset? UsedAt)
{
    public static QuoteView Of(Quote quote) => new(
        PublicId.Format(Ids.Quote, quote.Id),
        quote.Mode,
        [.. quote.Items.Select(QuotedItemView.Of)],
        QuoteTotalView.Of(quote),
        quote.CreatedAt,
        quote.ExpiresAt,
        quote.UsedAt);
}

/// <summary>One job of a quote.</summary>
public sealed record QuotedItemView(
    [property: ValuesOf(typeof(ApiNames), nameof(ApiNames.Kinds))] string Kind,
    string Source,
    string Target,
    [property: ValuesOf(typeof(ApiNames), nameof(ApiNames.Urgencies))] string Urgency,
    PriceView Price,
    [property: Description("What would have been promised for the job, had it been placed with the quote. The promise that binds is made when it is placed.")] PromiseView Promise)
{
    public static QuotedItemView Of(QuotedItem item) =>
        new(item.Kind, item.Source, item.Target, item.Urgency, PriceView.Of(item.Price), new PromiseView(item.DeliverBy));
}

/// <summary>The sum of a quote, in whole cents.</summary>
public sealed record QuoteTotalView(
    long Net,
    [property: Description("For information: the invoice computes it on the month's sum.")] long Tax,
    long Gross,
    string Currency)
{
    public static QuoteTotalView Of(Quote quote)
    {
        var (net, tax) = (quote.Items.Sum(i => i.Price.NetCents), quote.Items.Sum(i => i.Price.TaxCents));
        return new QuoteTotalView(net, tax, net + tax, quote.Items[0].Price.Currency);
    }
}

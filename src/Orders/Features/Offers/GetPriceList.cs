using System.ComponentModel;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Orders.Features.Offers;

/// <summary>What a line costs.</summary>
public sealed record RateView(
    string Source,
    string Target,
    [property: Description("Cents a line of a translation.")] int RatePerLine,
    [property: Description("Cents a line for each kind; of a call, for each line equivalent.")] IReadOnlyDictionary<string, int> RatesPerLine);

/// <summary>How soon, at what factor.</summary>
public sealed record UrgencyView(string Name, decimal Factor, [property: Description("Longest time to delivery.")] int PromiseMinutes);

/// <summary>The price list in force. Amounts are whole cents, without tax.</summary>
public sealed record PriceListView(
    string Version,
    string Currency,
    [property: Description("Characters a line, spaces included.")] int LineLength,
    [property: Description("Lines that a job, or the jobs of one pair and kind in one request, cost at least.")] int MinimumLines,
    [property: Description("Line equivalents that a call costs for its attempts; each started minute costs one more.")] int CallBaseLines,
    [property: Description("What an exact repetition of a text delivered to you before costs, as a share of the rate; the minimum stays.")] decimal RepetitionShare,
    [property: Description("What a kind costs, as a share of the rate.")] IReadOnlyDictionary<string, decimal> Kinds,
    IReadOnlyList<UrgencyView> Urgencies,
    IReadOnlyList<RateView> Rates);

/// <summary><c>GET /v1/price-list</c></summary>
internal static class GetPriceList
{
    private static readonly JobKind[] Kinds = Enum.GetValues<JobKind>();

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/v1/price-list", HandleAsync)
        .RequireAnyKey()
        .WithName("getPriceList")
        .WithTags("What is offered")
        .WithSummary("Get the price list")
        .WithDescription("A job keeps the version that it was placed with. Any key may ask.")
        .Produces<PriceListView>();

    private static async Task<IResult> HandleAsync(PriceLists priceLists, CancellationToken cancellationToken)
    {
        var list = await priceLists.ActiveAsync(cancellationToken);
        return TypedResults.Ok(new PriceListView(
            list.Version,
            list.Currency,
            list.LineLength,
            list.MinimumLines,
            list.CallBaseLines,
            list.RepetitionShare,
            Kinds.ToDictionary(k => k.Name(), list.Share),
            [.. Enum.GetValues<Urgency>().Select(u => new UrgencyView(u.Name(), list.Terms(u).Factor, (int)list.Terms(u).Promise.TotalMinutes))],
            [.. list.Pairs.Select(p => new RateView(p.Source, p.Target, Rate(list, JobKind.Translation, p), Kinds.ToDictionary(k => k.Name(), k => Rate(list, k, p))))]));
    }

    private static int Rate(PriceList list, JobKind kind, LanguagePair pair) => list.TryGetRate(kind, pair, out var cents) ? cents : 0;
}

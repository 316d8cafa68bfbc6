using System.ComponentModel;
using Zweizeiler.Orders.Features.Offers;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.Eta;

/// <summary>How long a sort of job takes now.</summary>
public sealed record EtaView(
    string Source,
    string Target,
    string Kind,
    string Urgency,
    [property: Description("Half of the jobs are delivered within this time.")] int MedianMinutes,
    [property: Description("Nine of ten jobs are delivered within this time.")] int P90Minutes,
    [property: Description("What a job placed now is promised for.")] DateTimeOffset DeliverBy,
    [property: Description("Deliveries of the last 30 days, placed at this hour of the day, that this rests on. With fewer than 20 the price list's promise is mixed in.")] int Samples);

/// <summary><c>GET /v1/eta</c></summary>
internal static class GetEta
{
    private static readonly QueryParameters Parameters = new(
        new("source", "Only from this language (ISO 639-1); from all if not given."),
        new("target", "Only into this language (ISO 639-1); into all if not given."),
        new("kind", "translation (if not given), formulation, summary or call.") { Values = ApiNames.Kinds },
        new("urgency", "standard (if not given), express or night.") { Values = ApiNames.Urgencies });

    private const string Example = """
        {
          "data": [
            {
              "source": "de", "target": "fr", "kind": "translation", "urgency": "standard",
              "medianMinutes": 24, "p90Minutes": 51, "deliverBy": "2026-11-23T14:51:00Z", "samples": 112
            }
          ]
        }
        """;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/v1/eta", HandleAsync)
        .RequireAnyKey()
        .WithName("listDeliveryTimes")
        .WithTags("What is offered")
        .WithSummary("See how long jobs take now")
        .WithDescription("Computed from the deliveries of the last 30 days at this hour of the day; never later than the price list's promise. A call that has a window is promised for its end at the earliest. Any key may ask.")
        .WithMetadata(Parameters)
        .Produces<DataList<EtaView>>()
        .WithResponseExample(StatusCodes.Status200OK, "pair", "German into French", Example)
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);

    private static async Task<IResult> HandleAsync(
        HttpRequest request, PriceLists priceLists, Promises promises, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.Now();
        var list = await priceLists.ActiveAsync(cancellationToken);
        var reader = new QueryReader(request.Query, Parameters);
        var kind = reader.Value("kind", "One of: translation, formulation, summary, call.", s => ApiNames.TryParse(s, out JobKind found) ? found : (JobKind?)null)
            ?? JobKind.Translation;
        var urgency = reader.Value("urgency", "One of: standard, express, night.", s => ApiNames.TryParse(s, out Urgency found) ? found : (Urgency?)null)
            ?? Urgency.Standard;
        var pairs = list.Pairs
            .Where(Is("source", pair => pair.Source))
            .Where(Is("target", pair => pair.Target))
            .ToList();
        reader.Faults.ThrowIfAny();

        var views = new List<EtaView>(pairs.Count);
        foreach (var pair in pairs)
        {
            var forecast = await promises.ForecastAsync(list, kind, pair, urgency, now, cancellationToken);
            views.Add(new EtaView(
                pair.Source, pair.Target, kind.Name(), urgency.Name(),
                Minutes(forecast.Median), Minutes(forecast.NinetyPercent), now + forecast.NinetyPercent, forecast.Samples));
        }

        return TypedResults.Ok(new DataList<EtaView>(views));

        Func<LanguagePair, bool> Is(string name, Func<LanguagePair, string> side)
        {
            var language = reader.Text(name);
            if (language is not null && list.Pairs.All(p => side(p) != language))
            {
                reader.Faults.Add($"?{name}", "language.unsupported", $"One of: {string.Join(", ", list.Pairs.Select(side).Distinct().Order(StringComparer.Ordinal))}.");
            }

            return pair => language is null || side(pair) == language;
        }
    }

    private static int Minutes(TimeSpan time) => (int)Math.Ceiling(time.TotalMinutes);
}

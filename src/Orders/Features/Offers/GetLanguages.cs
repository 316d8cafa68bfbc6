using System.ComponentModel;
using System.Globalization;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Orders.Features.Offers;

/// <summary>A language and what we translate it into.</summary>
public sealed record LanguageView(
    [property: Description("ISO 639-1.")] string Code,
    [property: Description("Name in English.")] string Name,
    [property: Description("Languages that it is translated into.")] IReadOnlyList<string> Targets);

/// <summary><c>GET /v1/languages</c></summary>
internal static class GetLanguages
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/v1/languages", HandleAsync)
        .RequireAnyKey()
        .WithName("listLanguages")
        .WithTags("What is offered")
        .WithSummary("List languages")
        .WithDescription("Which languages are translated into which. Any key may ask.")
        .Produces<DataList<LanguageView>>();

    private static async Task<IResult> HandleAsync(PriceLists priceLists, CancellationToken cancellationToken)
    {
        var list = await priceLists.ActiveAsync(cancellationToken);
        return TypedResults.Ok(new DataList<LanguageView>([.. list.Languages.Select(code => new LanguageView(
            code,
            CultureInfo.GetCultureInfo(code).EnglishName,
            [.. list.Pairs.Where(p => p.Source == code).Select(p => p.Target)]))]));
    }
}

using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Marketplace.Features.Profiles;

/// <summary>What merchants see of a translator. Address, number and hours are hers alone.</summary>
[Description("A translator as merchants see her.")]
public sealed record TranslatorView(
    string Id,
    string DisplayName,
    [property: Description("In her own words, in whichever language she writes; empty if she has written nothing.")] string About,
    [property: Description("Languages that she grew up with.")] IReadOnlyList<string> NativeLanguages,
    IReadOnlyList<string> WorkingLanguages,
    [property: Description("The directions in which she translates, each after a test text.")] IReadOnlyList<PairView> Pairs,
    [property: Description("The kinds of job that she does.")] IReadOnlyList<string> Kinds,
    [property: Description("Trades and subjects that she knows.")] IReadOnlyList<string> Specialities,
    RatingView Rating,
    [property: Description("How many of your jobs she has done that you accepted, in the mode of the key.")] int JobsForYou);

public sealed record PairView([property: Description("ISO 639-1.")] string Source, [property: Description("ISO 639-1.")] string Target);

public sealed record RatingView(
    [property: Description("Mean of all merchants' ratings, 1 to 5; null until there are five, because fewer say nothing yet.")] double? Average,
    [property: Description("How many there are.")] int Count);

/// <summary><c>GET /v1/translators/{id}</c></summary>
internal static class GetTranslator
{
    private const string Prefix = "trn";

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/v1/translators/{id}", HandleAsync)
        .RequireScope(Scope.Read)
        .WithName("getTranslator")
        .WithTags("Translators")
        .WithSummary("Get a translator's profile")
        .WithDescription("Whoever is named in `translator` of a job or a message: what she says of herself, how merchants rate her, and how many jobs she has done for you.")
        .Produces<TranslatorView>()
        .WithResponseExample(200, "translator", "Who has done two jobs for you", """
            {"id": "trn_01jdc9f4xyz7m8n9p0q1r2s3t4", "displayName": "Claire M.", "about": "Service client et mode, depuis douze ans.",
             "nativeLanguages": ["fr"], "workingLanguages": ["de", "en"], "pairs": [{"source": "de", "target": "fr"}],
             "kinds": ["translation", "formulation"], "specialities": ["e-commerce"], "rating": {"average": 4.8, "count": 41}, "jobsForYou": 2}
            """)
        .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);

    private static async Task<IResult> HandleAsync(string id, MarketplaceDbContext db, Caller caller, CancellationToken cancellationToken)
    {
        var found = PublicId.TryParse(Prefix, id, out var translatorId)
            ? await (
                from translator in db.Translators.AsNoTracking()
                join account in db.Users on translator.Id equals account.Id
                join standing in db.Standings on translator.Id equals standing.TranslatorId into standings
                from standing in standings.DefaultIfEmpty()
                where translator.Id == translatorId && account.ShutOutAt == null
                select new { Translator = translator, translator.Pairs, account.DisplayName, Standing = standing }).SingleOrDefaultAsync(cancellationToken)
            : null;
        if (found is null)
        {
            return CommonProblems.NotFound("translator");
        }

        var (merchant, mode) = (caller.MerchantId, caller.Mode);
        var jobs = await (
            from delivery in db.Deliveries
            join job in db.Jobs on delivery.JobId equals job.Id
            where job.MerchantId == merchant && job.Mode == mode && delivery.TranslatorId == translatorId && delivery.AcceptedAt != null
            select delivery.JobId).Distinct().CountAsync(cancellationToken);
        var person = found.Translator;
        return TypedResults.Ok(new TranslatorView(
            PublicId.Format(Prefix, person.Id),
            found.DisplayName,
            person.About,
            person.NativeLanguages,
            person.WorkingLanguages,
            [.. found.Pairs.OrderBy(p => p.Source, StringComparer.Ordinal).ThenBy(p => p.Target, StringComparer.Ordinal).Select(p => new PairView(p.Source, p.Target))],
            person.Kinds,
            person.Specialities,
            RatingOf(found.Standing),
            jobs));
    }

    private static RatingView RatingOf(Standing? standing) => standing is null
        ? new RatingView(null, 0)
        : new RatingView(Ranking.Mean(standing.Ratings, standing.RatingSum) is { } mean ? Math.Round(mean, 1) : null, standing.Ratings);
}

using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.Glossaries;

/// <summary><c>GET /v1/glossaries</c> and <c>GET /v1/glossaries/{id}</c></summary>
internal static class ReadGlossaries
{
    private static readonly QueryParameters Parameters = new(QueryParameters.Limit, QueryParameters.Cursor);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/glossaries", ListAsync)
            .RequireScope(Scope.Read)
            .WithName("listGlossaries")
            .WithTags("Glossaries")
            .WithSummary("List glossaries, the newest first")
            .WithDescription("Without their terms.")
            .WithMetadata(Parameters)
            .Produces<Page<GlossaryView>>()
            .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);
        app.MapGet("/v1/glossaries/{id}", GetAsync)
            .RequireScope(Scope.Read)
            .WithName("getGlossary")
            .ShowsTag()
            .WithTags("Glossaries")
            .WithSummary("Get a glossary")
            .WithDescription("Without its terms, which are at `/v1/glossaries/{id}/terms`. The answer has an `ETag`, which changes with the terms too.")
            .Produces<GlossaryView>()
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, OrdersDbContext db, Caller caller, Cursors cursors, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query, Parameters);
        var list = $"glossaries:{caller.Mode}";
        var limit = reader.Limit();
        var after = reader.Cursor(cursors, list, caller.MerchantId);
        reader.Faults.ThrowIfAny();

        var found = await db.Glossaries.AsNoTracking().PageAfter(after, limit).ToListAsync(cancellationToken);
        return TypedResults.Ok(Page.Of(
            found, limit, GlossaryView.Of, g => g.Position(), c => cursors.Protect(list, caller.MerchantId, c)));
    }

    private static async Task<IResult> GetAsync(string id, OrdersDbContext db, HttpContext http, CancellationToken cancellationToken)
    {
        var glossary = await db.FindGlossaryAsync(id, cancellationToken);
        return http.OkUnlessKnown(GlossaryView.Of(glossary), glossary.Version);
    }
}

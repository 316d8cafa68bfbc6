using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.ApiKeys;

/// <summary><c>GET /v1/api-keys</c>: the newest first, page by page.</summary>
internal static class ListApiKeys
{
    private static readonly QueryParameters Parameters = new(QueryParameters.Limit, QueryParameters.Cursor);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/v1/api-keys", HandleAsync)
        .RequireScope(Scope.Admin)
        .WithName("listApiKeys")
        .WithTags("API keys")
        .WithSummary("List API keys, the newest first")
        .WithDescription("A live key lists live keys, a test key lists test keys; revoked and expired ones too.")
        .WithMetadata(Parameters)
        .Produces<Page<ApiKeyView>>()
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);

    private static async Task<IResult> HandleAsync(
        HttpRequest request, OrdersDbContext db, Caller caller, ApiKeyViews views, Cursors cursors, CancellationToken cancellationToken)
    {
        // A cursor of live keys is none for test keys.
        var list = $"api-keys:{caller.Mode}";
        var query = new QueryReader(request.Query, Parameters);
        var limit = query.Limit();
        var after = query.Cursor(cursors, list, caller.MerchantId);
        query.Faults.ThrowIfAny();

        var found = await db.ApiKeys.AsNoTracking().PageAfter(after, limit).ToListAsync(cancellationToken);
        var page = Page.Of(found, limit, k => k, k => k.Position(), cursor => cursors.Protect(list, caller.MerchantId, cursor));
        return TypedResults.Ok(new Page<ApiKeyView>(await views.OfAsync(page.Data, cancellationToken), page.NextCursor));
    }
}

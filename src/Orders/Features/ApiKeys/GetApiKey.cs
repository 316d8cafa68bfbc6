using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.ApiKeys;

/// <summary><c>GET /v1/api-keys/{id}</c></summary>
internal static class GetApiKey
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/v1/api-keys/{id}", HandleAsync)
        .RequireScope(Scope.Admin)
        .WithName("getApiKey")
        .WithTags("API keys")
        .WithSummary("Get an API key")
        .WithDescription("Everything about a key but the key itself, also after it was revoked.")
        .Produces<ApiKeyView>()
        .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);

    private static async Task<IResult> HandleAsync(string id, OrdersDbContext db, ApiKeyViews views, CancellationToken cancellationToken)
    {
        var key = PublicId.TryParse(Ids.Key, id, out var keyId)
            ? await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == keyId, cancellationToken)
            : null;
        return key is null ? CommonProblems.NotFound("key") : TypedResults.Ok((await views.OfAsync([key], cancellationToken))[0]);
    }
}

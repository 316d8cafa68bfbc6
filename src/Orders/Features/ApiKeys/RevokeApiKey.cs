using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.ApiKeys;

/// <summary><c>DELETE /v1/api-keys/{id}</c>: the key opens nothing any more, at any gateway, within seconds. Revoking twice is no error.</summary>
internal static class RevokeApiKey
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapDelete("/v1/api-keys/{id}", HandleAsync)
        .RequireScope(Scope.Admin)
        .WithName("revokeApiKey")
        .WithTags("API keys")
        .WithSummary("Revoke an API key")
        .WithDescription("Takes effect within two seconds and cannot be undone. A live key revokes live keys, a test key revokes test keys.")
        .Produces(StatusCodes.Status204NoContent)
        .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);

    private static async Task<IResult> HandleAsync(
        string id, OrdersDbContext db, IPublishEndpoint publish, TimeProvider time, CancellationToken cancellationToken)
    {
        var key = PublicId.TryParse(Ids.Key, id, out var keyId)
            ? await db.ApiKeys.SingleOrDefaultAsync(k => k.Id == keyId, cancellationToken)
            : null;
        if (key is null)
        {
            return CommonProblems.NotFound("key");
        }

        var now = time.Now();
        if (key.Revoke(now))
        {
            await publish.Publish(new ApiKeyRevoked(key.Id, now, key.MerchantId, key.Name), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        return TypedResults.NoContent();
    }
}

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
        .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status409Conflict, ApiProblem.ContentType);

    private static async Task<IResult> HandleAsync(
        string id, OrdersDbContext db, Caller caller, IPublishEndpoint publish, TimeProvider time, CancellationToken cancellationToken)
    {
        var key = PublicId.TryParse(Ids.Key, id, out var keyId)
            ? await db.ApiKeys.SingleOrDefaultAsync(k => k.Id == keyId, cancellationToken)
            : null;
        if (key is null)
        {
            return CommonProblems.NotFound("key");
        }

        var now = time.Now();
        if (key.Id == caller.KeyId && key.IsUsable(now) && await IsLastAdminAsync(db, key, now, cancellationToken))
        {
            return new ApiProblem(
                StatusCodes.Status409Conflict,
                "key.last_admin",
                "The last admin key is not revoked with itself",
                "No other key in force has the scope 'admin', so nobody could make keys any more. Make another admin key first, and revoke this one with it.");
        }

        if (key.Revoke(now))
        {
            await publish.Publish(new ApiKeyRevoked(key.Id, now, key.MerchantId, key.Name), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        if (db.Database.CurrentTransaction is { } transaction)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return TypedResults.NoContent();
    }

    /// <summary>Keeps the merchant's keys until the end: of two that revoke themselves at once, one stays.</summary>
    private static async Task<bool> IsLastAdminAsync(OrdersDbContext db, ApiKey key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Database.BeginTransactionAsync(cancellationToken);
        var keys = await db.ApiKeys
            .FromSql($"SELECT * FROM api_keys WHERE merchant_id = {key.MerchantId} AND mode = {key.Mode} ORDER BY id FOR UPDATE")
            .AsNoTracking().ToListAsync(cancellationToken);
        return !keys.Any(k => k.Id != key.Id && k.Scopes.Contains(Scope.Admin) && k.IsUsable(now));
    }
}

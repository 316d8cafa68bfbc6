using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Orders.Features.ApiKeys;

/// <summary>An API key, without the key.</summary>
public sealed record ApiKeyView(
    string Id,
    string Name,
    [property: Description("Beginning of the key; the whole key was shown once, when it was made.")] string Prefix,
    string Mode,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    [property: Description("To the hour.")] DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt);

/// <summary><c>GET /v1/api-keys</c></summary>
internal static class ListApiKeys
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/v1/api-keys", HandleAsync)
        .RequireScope(Scope.Admin)
        .WithName("listApiKeys")
        .WithTags("API keys")
        .WithSummary("List API keys")
        .WithDescription("A live key lists live keys, a test key lists test keys.")
        .Produces<DataList<ApiKeyView>>();

    private static async Task<IResult> HandleAsync(OrdersDbContext db, CancellationToken cancellationToken)
    {
        var keys = await db.ApiKeys.AsNoTracking().OrderBy(k => k.CreatedAt).ThenBy(k => k.Id).ToListAsync(cancellationToken);
        return TypedResults.Ok(new DataList<ApiKeyView>([.. keys.Select(k => new ApiKeyView(
            PublicId.Format(Ids.Key, k.Id), k.Name, k.Prefix, k.Mode, k.Scopes, k.CreatedAt, k.ExpiresAt, k.LastUsedAt, k.RevokedAt))]));
    }
}

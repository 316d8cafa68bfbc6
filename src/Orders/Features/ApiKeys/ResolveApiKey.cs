using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.ApiKeys;

public sealed record ResolveItem
{
    /// <summary>SHA-256 of the key, hexadecimal, lower case. The key itself stays at the gateway.</summary>
    public string? Hash { get; init; }
}

public sealed record ResolvedKey(Guid KeyId, Guid MerchantId, string Mode, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt, string? SpendingLimit);

/// <summary><c>POST /internal/api-keys/resolve</c>: the gateway asks whose key it was shown.</summary>
internal static class ResolveApiKey
{
    private static readonly TimeSpan LastUsedPrecision = TimeSpan.FromHours(1);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/internal/api-keys/resolve", HandleAsync)
        .RequireScope(Scope.Internal)
        .ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(Body<ResolveItem> body, OrdersDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        body.Faults.ThrowIfAny();
        var now = time.Now();
        // The gateway calls for itself: there is no tenant yet.
        var key = await db.ApiKeys.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(k => k.Hash == body.Value.Hash, cancellationToken);
        if (key is null || !key.IsUsable(now))
        {
            return CommonProblems.NotFound("key");
        }

        if (key.LastUsedAt is null || now - key.LastUsedAt > LastUsedPrecision)
        {
            await db.ApiKeys.IgnoreQueryFilters().Where(k => k.Id == key.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now), cancellationToken);
        }

        return TypedResults.Ok(new ResolvedKey(key.Id, key.MerchantId, key.Mode, key.Scopes, key.ExpiresAt, key.SpendingLimit?.ToString()));
    }
}

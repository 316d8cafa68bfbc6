using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Orders.Tests.Support;

/// <summary>A key that is really there, and a client that comes with it through the gateway.</summary>
public sealed record MadeKey(Guid Id, string Key, HttpClient Client) : IDisposable
{
    public void Dispose() => Client.Dispose();
}

public static class MadeKeys
{
    public static async Task<MadeKey> KeyAsync(this TestMerchant merchant, string mode = "live", IReadOnlyList<string>? scopes = null, SpendingLimit? limit = null)
    {
        await using var scope = merchant.App.Services.CreateAsyncScope();
        var now = TimeProvider.System.GetUtcNow();
        var text = ApiKey.Generate(mode);
        var key = ApiKey.From(text, Guid.CreateVersion7(now), merchant.Id, "Shop", scopes ?? Scope.All, now, null, limit);
        var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync();
        // Used once: so the gateway learnt whose it is.
        using var gateway = merchant.App.As(CallerClaims.Internal);
        var resolved = await TestMerchant.BodyOf(await merchant.PostAsync(
            "/internal/api-keys/resolve", new System.Text.Json.Nodes.JsonObject { ["hash"] = key.Hash }, client: gateway));
        return new MadeKey(key.Id, text, merchant.App.As(new CallerClaims(
            merchant.Id, key.Id, mode, [.. resolved["scopes"]!.AsArray().Select(s => (string)s!)], (string?)resolved["spendingLimit"])));
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Orders.Tests;

public class Keys_and_seeds_Specs(SharedApp shared)
{
    [Fact]
    public async Task A_key_is_resolved_by_its_hash_until_it_is_revoked_and_the_gateways_are_told()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (key, id) = await AddKeyAsync(merchant);
        using var gateway = shared.App.As(CallerClaims.Internal);
        var hash = new JsonObject { ["hash"] = ApiKey.HashOf(key) };

        var resolved = await TestMerchant.BodyOf(await merchant.PostAsync("/internal/api-keys/resolve", hash, client: gateway));
        ((Guid)resolved["merchantId"]!).ShouldBe(merchant.Id);
        ((string)resolved["mode"]!).ShouldBe("live");
        resolved["scopes"]!.AsArray().Select(s => (string)s!).ShouldBe(["order", "read"]);

        var listed = (await merchant.GetAsync("/v1/api-keys"))["data"]!.AsArray().ShouldHaveSingleItem()!;
        listed.ToJsonString().ShouldNotContain(key);
        listed.ToJsonString().ShouldNotContain(ApiKey.HashOf(key));
        ((string)listed["prefix"]!).ShouldBe(key[..12]);
        listed["lastUsedAt"].ShouldNotBeNull();

        var path = new Uri($"/v1/api-keys/{PublicId.Format(Ids.Key, id)}", UriKind.Relative);
        (await merchant.Live.DeleteAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await merchant.Live.DeleteAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await merchant.PostAsync("/internal/api-keys/resolve", hash, client: gateway)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await shared.App.Messages.NextAsync<ApiKeyRevoked>(m => m.KeyId == id);
        shared.App.Messages.Heard<ApiKeyRevoked>().Count(m => m.KeyId == id).ShouldBe(1);
    }

    [Fact]
    public async Task A_key_that_has_expired_opens_nothing()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (key, id) = await AddKeyAsync(merchant);
        await shared.App.ScalarAsync<int>("UPDATE api_keys SET expires_at = now() WHERE id = $1 RETURNING 1", id);
        using var gateway = shared.App.As(CallerClaims.Internal);
        (await merchant.PostAsync("/internal/api-keys/resolve", new JsonObject { ["hash"] = ApiKey.HashOf(key) }, client: gateway))
            .StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Migrating_twice_and_at_once_seeds_the_demo_once_and_announces_the_merchant()
    {
        var administrator = await shared.Servers.PostgresAdministratorAsync();
        var broker = await shared.Servers.CreateVirtualHostAsync();
        var name = $"demo_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        var database = new NpgsqlConnectionStringBuilder(administrator) { Database = name, Username = name, Password = "demo" }.ConnectionString;
        var merchant = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:ordersdb"] = database,
            ["ConnectionStrings:messaging"] = broker.ToString(),
            ["Identity:SigningKey"] = "for tests only, and longer than thirty-two characters",
            ["Texts:MasterKey"] = "for tests only, and longer than thirty-two characters",
            ["Demo:Enabled"] = "true",
            ["Demo:Merchant:Id"] = merchant.ToString(),
            ["Demo:Merchant:Name"] = "Laden am Rhein GmbH",
            ["Demo:Merchant:Email"] = "demo@laden.example",
            ["Demo:Merchant:VatId"] = "DE136695976",
            ["Demo:LiveKey"] = "zz_live_demodemodemodemo",
            ["Demo:TestKey"] = "zz_test_demodemodemodemo",
        };

        var runs = await Task.WhenAll(OrdersApp.MigrateAsync(settings, administrator), OrdersApp.MigrateAsync(settings, administrator));
        runs.ShouldBe([0, 0]);
        (await OrdersApp.MigrateAsync(settings, administrator)).ShouldBe(0);

        await using var source = NpgsqlDataSource.Create(database);
        (await CountAsync("merchants")).ShouldBe(1);
        (await CountAsync("api_keys")).ShouldBe(2);
        (await CountAsync("price_lists")).ShouldBe(1);
        (await CountAsync("outbox_message")).ShouldBe(1);

        async Task<long> CountAsync(string table)
        {
            await using var command = source.CreateCommand($"SELECT count(*) FROM {table}");
            return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        }
    }

    private async Task<(string Key, Guid Id)> AddKeyAsync(TestMerchant merchant)
    {
        await using var scope = shared.App.Services.CreateAsyncScope();
        var now = TimeProvider.System.GetUtcNow();
        var text = $"zz_live_{Guid.CreateVersion7(now):N}";
        var key = ApiKey.From(text, Guid.CreateVersion7(now), merchant.Id, "Shop", [Scope.Order, Scope.Read], now);
        var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return (text, key.Id);
    }
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Orders.Tests;

public class Making_keys_Specs(SharedApp shared)
{
    [Theory]
    [InlineData("live")]
    [InlineData("test")]
    public async Task A_key_makes_a_key_of_its_own_mode_that_is_shown_once_and_stored_as_a_hash(string mode)
    {
        var merchant = await shared.App.NewMerchantAsync();
        using var maker = await merchant.KeyAsync(mode);
        var response = await merchant.PostAsync("/v1/api-keys", Item(), client: maker.Client);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var made = await TestMerchant.BodyOf(response);
        var (key, id) = ((string)made["key"]!, (string)made["id"]!);

        key.ShouldMatch($"^zz_{mode}_[0-9A-Za-z]{{43}}$");
        response.Headers.Location!.ToString().ShouldBe($"/v1/api-keys/{id}");
        ((string)made["mode"]!).ShouldBe(mode);
        ((string)made["prefix"]!).ShouldBe(key[..12]);
        using var gateway = shared.App.As(CallerClaims.Internal);
        var resolved = await TestMerchant.BodyOf(await merchant.PostAsync(
            "/internal/api-keys/resolve", new JsonObject { ["hash"] = ApiKey.HashOf(key) }, client: gateway));
        ((string)resolved["mode"]!).ShouldBe(mode);
        resolved["scopes"]!.AsArray().Select(s => (string)s!).ShouldBe(["order", "read"]);

        var got = await TestMerchant.BodyOf(await maker.Client.GetAsync(new Uri($"/v1/api-keys/{id}", UriKind.Relative), TestContext.Current.CancellationToken));
        got.ContainsKey("key").ShouldBeFalse();
        got["lastUsedAt"].ShouldNotBeNull();
        made.Remove("key");
        made["lastUsedAt"] = got["lastUsedAt"]!.DeepClone();
        got.ToJsonString().ShouldBe(made.ToJsonString());
        (await shared.App.ScalarAsync<string>("SELECT row_to_json(k)::text FROM api_keys k WHERE hash = $1", ApiKey.HashOf(key))).ShouldNotContain(key);
    }

    [Fact]
    public async Task Every_fault_is_named_at_once_and_no_key_gives_what_it_has_not()
    {
        var merchant = await shared.App.NewMerchantAsync();
        using var maker = await merchant.KeyAsync(scopes: [Scope.Admin, Scope.Read]);
        var response = await merchant.PostAsync(
            "/v1/api-keys",
            """
            {"name": " ", "scopes": ["read", "order", "root", "read"], "expiresAt": "2020-01-01T00:00:00Z", "colour": 1,
             "spendingLimit": {"amount": 0, "currency": "USD", "period": "week"}}
            """,
            client: maker.Client);

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await TestMerchant.BodyOf(response);
        FaultsIn(problem).ShouldBe(
        [
            "/colour field.unknown", "/expiresAt expiry.past", "/name field.empty", "/scopes/1 scope.exceeds", "/scopes/2 scope.unknown", "/scopes/3 scope.repeated",
            "/spendingLimit/amount field.range", "/spendingLimit/currency currency.unsupported", "/spendingLimit/period period.unknown",
        ]);
        ((string)problem["errors"]!.AsArray().Single(e => (string)e!["pointer"]! == "/scopes/1")!["detail"]!).ShouldContain("does not permit 'order'");

        (await FaultsOf(await merchant.PostAsync("/v1/api-keys", """{"spendingLimit": {}}""", client: maker.Client))).ShouldBe(
            ["/name field.required", "/scopes field.required", "/spendingLimit/amount field.required", "/spendingLimit/period field.required"]);
        (await FaultsOf(await merchant.PostAsync("/v1/api-keys", """{"name": "x", "scopes": []}""", client: maker.Client))).ShouldBe(["/scopes field.empty"]);
    }

    [Fact]
    public async Task A_key_that_is_revoked_or_has_expired_makes_no_other()
    {
        var merchant = await shared.App.NewMerchantAsync();
        using var revoked = await merchant.KeyAsync();
        using var expired = await merchant.KeyAsync();
        await shared.App.ScalarAsync<int>("UPDATE api_keys SET revoked_at = now() WHERE id = $1 RETURNING 1", revoked.Id);
        await shared.App.ScalarAsync<int>("UPDATE api_keys SET expires_at = now() WHERE id = $1 RETURNING 1", expired.Id);
        foreach (var client in new[] { revoked.Client, expired.Client, merchant.Live })
        {
            (await merchant.PostAsync("/v1/api-keys", Item(), client: client)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await shared.App.ScalarAsync<long>("SELECT count(*) FROM api_keys WHERE merchant_id = $1", merchant.Id)).ShouldBe(2);
    }

    [Fact]
    public async Task A_key_that_is_being_revoked_makes_a_key_before_that_or_never()
    {
        var merchant = await shared.App.NewMerchantAsync();
        using var maker = await merchant.KeyAsync();
        await using var revocation = new NpgsqlConnection(shared.App.Database);
        await revocation.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await revocation.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("UPDATE api_keys SET revoked_at = now() WHERE id = $1", revocation) { Parameters = { new() { Value = maker.Id } } };
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var making = merchant.PostAsync("/v1/api-keys", Item(), client: maker.Client);
        await Zweizeiler.Testing.Eventually.Passes(TestMerchant.Soon, async () => (await shared.App.ScalarAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%api_keys%FOR SHARE%'")).ShouldBe(1));
        await transaction.CommitAsync(TestContext.Current.CancellationToken);

        (await making).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_repeated_request_shows_the_same_key_again_and_what_is_kept_for_that_is_sealed()
    {
        var merchant = await shared.App.NewMerchantAsync();
        using var maker = await merchant.KeyAsync();
        var first = await TestMerchant.BodyOf(await merchant.PostAsync("/v1/api-keys", Item(), "make-a-key", maker.Client));
        var again = await merchant.PostAsync("/v1/api-keys", Item(), "make-a-key", maker.Client);

        again.Headers.GetValues("Idempotent-Replayed").ShouldBe(["true"]);
        (await TestMerchant.BodyOf(again)).ToJsonString().ShouldBe(first.ToJsonString());
        var kept = await shared.App.ScalarAsync<byte[]>("SELECT body FROM idempotency_keys WHERE merchant_id = $1", merchant.Id);
        Encoding.UTF8.GetString(kept).ShouldNotContain((string)first["key"]!);
    }

    [Fact]
    public async Task A_limited_key_makes_no_key_that_orders_past_its_limit()
    {
        var merchant = await shared.App.NewMerchantAsync();
        using var maker = await merchant.KeyAsync(limit: new SpendingLimit(SpendingPeriod.Day, 1000, "EUR"));
        (await FaultsOf(await merchant.PostAsync("/v1/api-keys", Item(), client: maker.Client))).ShouldBe(["/scopes/0 scope.limited"]);
        (await merchant.PostAsync("/v1/api-keys", """{"name": "reads", "scopes": ["read"]}""", client: maker.Client)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Keys_are_listed_page_by_page_the_newest_first()
    {
        var merchant = await shared.App.NewMerchantAsync();
        using var maker = await merchant.KeyAsync();
        for (var i = 0; i < 4; i++)
        {
            (await merchant.PostAsync("/v1/api-keys", $$"""{"name": "key {{i}}", "scopes": ["read"]}""", client: maker.Client)).StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        var names = new List<string>();
        for (string? path = "/v1/api-keys?limit=2", cursor; path is not null; path = cursor is null ? null : $"/v1/api-keys?limit=2&cursor={cursor}")
        {
            var page = await merchant.GetAsync(path);
            names.AddRange(page["data"]!.AsArray().Select(k => (string)k!["name"]!));
            cursor = (string?)page["nextCursor"];
        }

        names.ShouldBe(["key 3", "key 2", "key 1", "key 0", "Shop"]);
        foreach (var query in new[] { "cursor=x", "limit=0", "page=2" })
        {
            (await merchant.Live.GetAsync(new Uri($"/v1/api-keys?{query}", UriKind.Relative), TestContext.Current.CancellationToken))
                .StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }
    }

    private static JsonObject Item() => new() { ["name"] = "Shop", ["scopes"] = new JsonArray("order", "read") };

    private static async Task<IReadOnlyList<string>> FaultsOf(HttpResponseMessage response) => FaultsIn(await TestMerchant.BodyOf(response));

    private static IReadOnlyList<string> FaultsIn(JsonObject problem) =>
        [.. problem["errors"]!.AsArray().Select(e => $"{e!["pointer"]} {e["code"]}").Order(StringComparer.Ordinal)];
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.IdentityModel.JsonWebTokens;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Gateway.Keys;
using Zweizeiler.Gateway.Tests.Support;
using Zweizeiler.Testing;

namespace Zweizeiler.Gateway.Tests;

public class Keys_at_the_door_Specs(SharedGateway shared)
{
    private static readonly JsonWebTokenHandler Handler = new();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("zz_live_unknownunknownunknown")]
    [InlineData("zz_dead_goodgoodgoodgood")]
    [InlineData("zz_live_goodgoodgoodgood!")]
    public async Task Nobody_gets_in_without_a_key_that_opens(string? key)
    {
        var own = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");
        using var request = GatewayApp.Request("POST", $"/v1/invoices?x={own}", key: null, new StringContent("{}"));
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        }

        var response = await shared.App.Client.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Bearer");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        ((string)(await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["code"]!).ShouldBe("key.invalid");
        shared.App["billing"].Seen.ShouldAllBe(r => !r.Path.Contains(own, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_service_gets_a_token_of_the_gateways_own_and_never_the_key()
    {
        (await shared.App.SendAsync("GET", "/v1/balance?x=own-token")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var seen = shared.App["billing"].Seen.Last(r => r.Path.Contains("own-token", StringComparison.Ordinal));
        seen.Headers.Values.ShouldAllBe(v => !v.Contains(KeyTable.Good, StringComparison.Ordinal));
        var token = Handler.ReadJsonWebToken(seen.Headers["Authorization"]["Bearer ".Length..]);
        token.Issuer.ShouldBe("zweizeiler-gateway");
        token.Audiences.ShouldBe(["billing"]);
        token.GetClaim("merchant").Value.ShouldBe(KeyTable.Merchant.ToString("N"));
        token.GetClaim("key").Value.ShouldBe(KeyTable.Key.ToString("N"));
        token.GetClaim("mode").Value.ShouldBe("live");
        token.GetClaim("scope").Value.ShouldBe("quote order read admin");
        (token.ValidTo - token.ValidFrom).ShouldBe(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_token_for_one_service_is_not_sent_to_another()
    {
        await shared.App.SendAsync("GET", "/v1/ledger?x=audience");
        await shared.App.SendAsync("GET", "/v1/events?x=audience");
        foreach (var service in new[] { "billing", "notifications" })
        {
            var seen = shared.App[service].Seen.Last(r => r.Path.Contains("audience", StringComparison.Ordinal));
            Handler.ReadJsonWebToken(seen.Headers["Authorization"]["Bearer ".Length..]).Audiences.ShouldBe([service]);
        }
    }

    [Fact]
    public async Task Many_requests_ask_for_their_key_once_in_two_seconds()
    {
        await using var app = await GatewayApp.StartAsync(shared.Servers);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => app.SendAsync("GET", "/v1/balance")));
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.OK);
        app.Keys.Asked.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task A_revoked_key_is_dead_within_two_seconds_even_when_nobody_is_told()
    {
        const string Key = "zz_live_revokedrevokedrevoked";
        shared.App.Keys.Add(Key);
        (await shared.App.SendAsync("GET", "/v1/balance", Key)).StatusCode.ShouldBe(HttpStatusCode.OK);
        shared.App.Keys.Remove(Key);
        await Eventually.Passes(TimeSpan.FromSeconds(4), async () =>
            (await shared.App.SendAsync("GET", "/v1/balance", Key)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task The_news_of_a_revocation_reaches_every_gateway()
    {
        var broker = await shared.Servers.CreateVirtualHostAsync();
        await using var one = await GatewayApp.StartAsync(shared.Servers, broker: broker);
        await using var other = await GatewayApp.StartAsync(shared.Servers, broker: broker);
        GatewayApp[] gateways = [one, other];
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            var user = broker.UserInfo.Split(':', 2);
            rabbit.Host(broker.Host, (ushort)broker.Port, broker.AbsolutePath.TrimStart('/'), host =>
            {
                host.Username(Uri.UnescapeDataString(user[0]));
                host.Password(Uri.UnescapeDataString(user[1]));
            });
        });
        await bus.StartAsync(TestContext.Current.CancellationToken);

        // A key that was asked for just now is not asked for again for two seconds: within less, only the news makes a gateway do it.
        await Eventually.Passes(TimeSpan.FromSeconds(30), async () =>
        {
            var key = $"zz_live_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
            foreach (var gateway in gateways)
            {
                gateway.Keys.Add(key);
                (await gateway.SendAsync("GET", "/v1/balance", key)).StatusCode.ShouldBe(HttpStatusCode.OK);
                gateway.Keys.Remove(key);
            }

            await bus.Publish(new ApiKeyRevoked(KeyTable.Key, TimeProvider.System.GetUtcNow()));
            await Eventually.Passes(KeyResolver.KeptFor / 2, async () =>
            {
                foreach (var gateway in gateways)
                {
                    (await gateway.SendAsync("GET", "/v1/balance", key)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
                }
            });
        });
        await bus.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task While_keys_cannot_be_resolved_nobody_gets_in_and_is_told_to_come_back()
    {
        await using var app = await GatewayApp.StartAsync(shared.Servers, new Dictionary<string, string[]> { ["orders"] = [$"http://127.0.0.1:{FreePort.Next()}"] });
        var response = await app.SendAsync("GET", "/v1/balance");
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
        app["billing"].Seen.ShouldBeEmpty();
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Zweizeiler.Gateway.Tests.Support;

namespace Zweizeiler.Gateway.Tests;

public class Headers_Specs(SharedGateway shared)
{
    [Fact]
    public async Task Nothing_that_a_client_pretends_reaches_a_service()
    {
        foreach (var path in new[] { "/v1/balance?pretend", "/portal?pretend" })
        {
            using var request = GatewayApp.Request("GET", path);
            foreach (var name in new[] { "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Forwarded-User", "Forwarded", "X-Real-IP", "X-Internal-Merchant", "X-Zweizeiler-Scope", "X-Original-URL", "baggage" })
            {
                request.Headers.TryAddWithoutValidation(name, "evil.example");
            }

            request.Headers.Add("Cookie", "session=1");
            await shared.App.Client.SendAsync(request, TestContext.Current.CancellationToken);
        }

        var api = shared.App["billing"].Seen.Last(r => r.Path.Contains("pretend", StringComparison.Ordinal));
        var portal = shared.App["marketplace"].Seen.Last(r => r.Path.Contains("pretend", StringComparison.Ordinal));
        foreach (var seen in new[] { api, portal })
        {
            seen.Headers.ShouldNotContain(h => h.Value.Contains("evil.example", StringComparison.Ordinal));
            seen.Headers["X-Forwarded-For"].ShouldBe("127.0.0.1");
            seen.Headers["X-Forwarded-Proto"].ShouldBe("http");
            seen.Headers["X-Forwarded-Host"].ShouldBe(shared.App.Url.Authority);
        }

        api.Headers.ShouldNotContainKey("Cookie");
        portal.Headers["Cookie"].ShouldBe("session=1");
        portal.Headers.ShouldNotContainKey("Authorization");
    }

    [Fact]
    public async Task Answers_carry_security_headers_and_nothing_of_the_house()
    {
        var response = await shared.App.SendAsync("GET", "/v1/languages");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        response.Headers.GetValues("Cross-Origin-Opener-Policy").ShouldBe(["same-origin"]);
        response.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["same-origin"]);
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        response.Headers.Contains("Permissions-Policy").ShouldBeTrue();
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_meant_for_one_hop_goes_no_further_in_either_direction()
    {
        await using var service = await FakeService.StartAsync("billing", context =>
        {
            context.Response.Headers.Connection = "X-Hop";
            context.Response.Headers["X-Hop"] = "1";
            context.Response.Headers["X-Internal-Node"] = "10.0.0.1";
            context.Response.Headers["X-Kept"] = "1";
            return context.Response.WriteAsync("answer");
        });
        await using var app = await GatewayApp.StartAsync(shared.Servers, new Dictionary<string, string[]> { ["billing"] = [service.Url] });
        using var request = GatewayApp.Request("GET", "/v1/balance?hop");
        request.Headers.TryAddWithoutValidation("Connection", "X-Mine , Idempotency-Key");
        foreach (var name in new[] { "X-Mine", "Idempotency-Key", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "TE", "X-Kept" })
        {
            request.Headers.TryAddWithoutValidation(name, "1");
        }

        var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);

        var seen = service.Seen.Single().Headers;
        seen.Keys.Intersect(["X-Mine", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "TE", "Idempotency-Key"], StringComparer.OrdinalIgnoreCase).ShouldBeEmpty();
        seen["X-Kept"].ShouldBe("1");
        seen.ShouldContainKey("X-Forwarded-For");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.Select(h => h.Key).Intersect(["X-Hop", "X-Internal-Node", "Connection"]).ShouldBeEmpty();
        response.Headers.Contains("X-Kept").ShouldBeTrue();
    }

    [Theory]
    [InlineData("/v1/balance", KeyTable.Good, 200)]
    [InlineData("/v1/balance", null, 401)]
    [InlineData("/v1/unknown", null, 404)]
    [InlineData("/", null, 302)]
    [InlineData("/portal", null, 200)]
    [InlineData("/health/live", null, 200)]
    public async Task Every_answer_names_its_trace(string path, string? key, int status)
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        using var request = GatewayApp.Request("GET", path, key);
        request.Headers.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
        // This process traces as well, and its own header would win.
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ActivityHeadersPropagator = null }) { BaseAddress = shared.App.Url };
        var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(status);
        response.Headers.GetValues("Request-Id").ShouldBe([Trace]);
        if (status >= 400)
        {
            ((string)(await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["traceId"]!).ShouldBe(Trace);
        }
    }

    [Fact]
    public async Task A_trace_begins_at_the_gateway_where_the_client_has_none_and_the_service_goes_on_with_it()
    {
        var response = await shared.App.SendAsync("GET", "/v1/balance?trace");
        var id = response.Headers.GetValues("Request-Id").Single();
        id.ShouldMatch("^[0-9a-f]{32}$");
        shared.App["billing"].Seen.Last(r => r.Path.EndsWith("?trace", StringComparison.Ordinal)).Headers["traceparent"].ShouldContain(id);
    }

    [Theory]
    [InlineData("order-4711:retry.2_~", true)]
    [InlineData("a b", false)]
    [InlineData("<script>", false)]
    [InlineData("", false)]
    public async Task A_clients_own_correlation_id_goes_along_and_comes_back_if_it_is_one(string id, bool isOne)
    {
        foreach (var (given, permitted) in new[] { (id, isOne), (id.PadRight(129, 'x'), false) })
        {
            using var request = GatewayApp.Request("GET", "/v1/balance?correlated");
            request.Headers.TryAddWithoutValidation("X-Correlation-Id", given);
            var response = await shared.App.Client.SendAsync(request, TestContext.Current.CancellationToken);
            var seen = shared.App["billing"].Seen.Last(r => r.Path.EndsWith("?correlated", StringComparison.Ordinal)).Headers;
            response.Headers.TryGetValues("X-Correlation-Id", out var back).ShouldBe(permitted);
            seen.ContainsKey("X-Correlation-Id").ShouldBe(permitted);
            if (permitted)
            {
                back.ShouldBe([given]);
                seen["X-Correlation-Id"].ShouldBe(given);
            }
        }
    }

    [Fact]
    public async Task Only_a_trusted_proxy_is_believed_whom_it_speaks_for()
    {
        await using var app = await GatewayApp.StartAsync(shared.Servers, settings: new Dictionary<string, string> { ["TrustedProxies:0"] = "127.0.0.0/8" });
        using var request = GatewayApp.Request("GET", "/v1/balance");
        request.Headers.Add("X-Forwarded-For", "198.51.100.1, 203.0.113.7");
        request.Headers.Add("X-Forwarded-Proto", "https");
        var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);

        var seen = app["billing"].Seen.Single().Headers;
        seen["X-Forwarded-For"].ShouldBe("203.0.113.7");
        seen["X-Forwarded-Proto"].ShouldBe("https");
        response.Headers.Contains("Strict-Transport-Security").ShouldBeTrue();
    }
}

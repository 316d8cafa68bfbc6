using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Zweizeiler.Gateway.Tests.Support;
using Zweizeiler.Testing;

namespace Zweizeiler.Gateway.Tests;

public class Routing_Specs(SharedGateway shared)
{
    [Theory]
    [InlineData("/v1/jobs", "orders")]
    [InlineData("/v1/jobs/job_1/deliveries", "orders")]
    [InlineData("/v1/quotes", "orders")]
    [InlineData("/v1/api-keys/key_1", "orders")]
    [InlineData("/v1/languages", "orders")]
    [InlineData("/v1/price-list", "orders")]
    [InlineData("/v1/eta", "orders")]
    [InlineData("/v1/webhook-endpoints", "notifications")]
    [InlineData("/v1/events", "notifications")]
    [InlineData("/v1/balance", "billing")]
    [InlineData("/v1/ledger", "billing")]
    [InlineData("/v1/invoices/inv_1", "billing")]
    [InlineData("/v1/translators/trn_1", "marketplace")]
    [InlineData("/portal", "marketplace")]
    [InlineData("/portal/offers/1", "marketplace")]
    public async Task Every_path_has_its_service(string path, string service)
    {
        var response = await shared.App.SendAsync("GET", $"{path}?routed");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        shared.App[service].Seen.ShouldContain(r => r.Path == $"{path}?routed");
    }

    [Theory]
    [InlineData("/internal/api-keys/resolve")]
    [InlineData("/v1/jobs/../../internal/api-keys/resolve")]
    [InlineData("/v1/jobs/%2e%2e/%2e%2e/internal/api-keys/resolve")]
    [InlineData("/v1/unknown")]
    [InlineData("/v2/jobs")]
    [InlineData("/portalx")]
    [InlineData("/nothing")]
    public async Task What_is_not_listed_does_not_exist(string path)
    {
        var response = await RawAsync("POST", path);
        response.ShouldStartWith("HTTP/1.1 404");
        response.ShouldContain("application/problem+json");
        shared.App["orders"].Seen.ShouldNotContain(r => r.Path.Contains("internal", StringComparison.Ordinal) && !r.Body.Contains("hash", StringComparison.Ordinal));
    }

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
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task Every_replica_gets_its_share_and_a_dead_one_costs_nobody_an_error()
    {
        await using var one = await FakeService.StartAsync("one");
        var other = await FakeService.StartAsync("other");
        await using var app = await GatewayApp.StartAsync(shared.Servers, new Dictionary<string, string[]> { ["billing"] = [one.Url, other.Url] });
        await SendManyAsync(app, 40);
        one.Seen.Count.ShouldBeGreaterThan(0);
        other.Seen.Count.ShouldBeGreaterThan(0);

        await other.DisposeAsync();
        await SendManyAsync(app, 40);
        (one.Seen.Count + other.Seen.Count).ShouldBe(80);

        static async Task SendManyAsync(GatewayApp app, int count)
        {
            for (var i = 0; i < count; i++)
            {
                var response = await app.SendAsync(i % 2 == 0 ? "GET" : "POST", "/v1/balance", content: i % 2 == 0 ? null : new StringContent("{}"));
                response.StatusCode.ShouldBe(HttpStatusCode.OK);
            }
        }
    }

    [Fact]
    public async Task A_service_that_is_away_is_a_503_that_says_when_to_come_back_and_works_again_when_it_does()
    {
        var port = FreePort.Next();
        await using var app = await GatewayApp.StartAsync(shared.Servers, new Dictionary<string, string[]> { ["billing"] = [$"http://127.0.0.1:{port}"] });
        var away = await app.SendAsync("GET", "/v1/balance");
        away.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        away.Headers.RetryAfter.ShouldNotBeNull();
        away.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        ((string)(await away.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["code"]!).ShouldBe("service.unavailable");

        await using var back = await FakeService.StartAsync("billing", port: port);
        (await app.SendAsync("GET", "/v1/balance")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_a_page_streams_arrives_piece_by_piece()
    {
        var gate = new TaskCompletionSource();
        await using var portal = await FakeService.StartAsync("portal", async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: 1\n\n");
            await context.Response.Body.FlushAsync();
            await gate.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("data: 2\n\n");
        });
        await using var app = await GatewayApp.StartAsync(shared.Servers, new Dictionary<string, string[]> { ["marketplace"] = [portal.Url] });
        using var response = await app.Client.SendAsync(GatewayApp.Request("GET", "/portal/live", key: null), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        (await reader.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("data: 1");
        gate.SetResult();
        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldContain("data: 2");
    }

    /// <summary>Sends a path as it is: HttpClient would tidy it up.</summary>
    private async Task<string> RawAsync(string method, string path)
    {
        using var tcp = new System.Net.Sockets.TcpClient();
        await tcp.ConnectAsync(shared.App.Url.Host, shared.App.Url.Port, TestContext.Current.CancellationToken);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(
            System.Text.Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {KeyTable.Good}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}

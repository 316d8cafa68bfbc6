using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;
using Zweizeiler.Gateway.Tests.Support;
using Zweizeiler.Testing;

namespace Zweizeiler.Gateway.Tests;

public class Routing_Specs(SharedGateway shared)
{
    /// <summary>A path of every route, and where it leads.</summary>
    public static TheoryData<string, string> Paths => new()
    {
        { "/v1/jobs", "orders" },
        { "/v1/jobs/job_1/deliveries", "orders" },
        { "/v1/quotes", "orders" },
        { "/v1/cases/case_1", "orders" },
        { "/v1/templates/tpl_1", "orders" },
        { "/v1/glossaries/gls_1", "orders" },
        { "/v1/preferences", "orders" },
        { "/v1/api-keys/key_1", "orders" },
        { "/v1/languages", "orders" },
        { "/v1/price-list", "orders" },
        { "/v1/eta", "orders" },
        { "/v1/webhook-endpoints", "notifications" },
        { "/v1/events", "notifications" },
        { "/v1/notification-preferences", "notifications" },
        { "/notifications/preferences", "notifications" },
        { "/v1/balance", "billing" },
        { "/v1/ledger", "billing" },
        { "/v1/invoices/inv_1", "billing" },
        { "/v1/invoices/inv_1/pdf", "billing" },
        { "/v1/billing-profile", "billing" },
        { "/v1/translators/trn_1", "marketplace" },
        { "/portal", "marketplace" },
        { "/portal/offers/1", "marketplace" },
    };

    [Fact]
    public void No_route_is_left_out_here_and_each_says_who_may_come_in_and_how_long_it_may_take()
    {
        var routes = shared.App.Services.GetServices<IProxyConfigProvider>().SelectMany(p => p.GetConfig().Routes).ToList();
        routes.Select(r => r.Match.Path!.Replace("/{**rest}", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .ShouldBe(Paths.Select(p => string.Join('/', p.Data.Item1.Split('/').Take(p.Data.Item1.StartsWith("/v1", StringComparison.Ordinal) ? 3 : 2))).Distinct().Order(StringComparer.Ordinal));
        routes.ShouldAllBe(r => r.RouteId == "portal"
            ? r.AuthorizationPolicy == "anonymous" && r.TimeoutPolicy == "Disable"
            // Behind the links in mails: the signed link says who one is.
            : r.AuthorizationPolicy == (r.RouteId == "notifications" ? "anonymous" : "ApiKey") && r.Timeout > TimeSpan.Zero && r.Timeout <= TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("ReverseProxy:Routes:extra:Timeout", "00:00:10")]
    [InlineData("ReverseProxy:Routes:extra:AuthorizationPolicy", "ApiKey")]
    public async Task A_route_that_leaves_one_of_them_open_stops_the_start(string name, string value)
    {
        var settings = new Dictionary<string, string>
        {
            ["ReverseProxy:Routes:extra:ClusterId"] = "orders",
            ["ReverseProxy:Routes:extra:Match:Path"] = "/v1/extra",
            [name] = value,
        };
        (await Should.ThrowAsync<Exception>(async () => await GatewayApp.StartAsync(shared.Servers, settings: settings))).ToString().ShouldContain("'extra' must state");
    }

    [Theory]
    [MemberData(nameof(Paths))]
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
        var response = await shared.App.RawAsync("POST", path, "Connection: close", "Content-Length: 0");
        response.ShouldStartWith("HTTP/1.1 404");
        response.ShouldContain("application/problem+json");
        shared.App["orders"].Seen.ShouldNotContain(r => r.Path.Contains("internal", StringComparison.Ordinal) && !r.Body.Contains("hash", StringComparison.Ordinal));
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
    public async Task A_service_that_takes_too_long_is_a_504_that_says_so()
    {
        await using var slow = await FakeService.StartAsync("slow", async context => await Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var app = await GatewayApp.StartAsync(
            shared.Servers,
            new Dictionary<string, string[]> { ["billing"] = [slow.Url] },
            settings: new Dictionary<string, string> { ["ReverseProxy:Routes:balance:Timeout"] = "00:00:00.3" });

        var response = await app.SendAsync("POST", "/v1/balance", content: new StringContent("{}"));

        response.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        ((string)(await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["code"]!).ShouldBe("service.unavailable");
        slow.Seen.Count.ShouldBe(1);
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
}

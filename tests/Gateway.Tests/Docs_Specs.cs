using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Zweizeiler.Gateway.Docs;
using Zweizeiler.Gateway.Tests.Support;
using Zweizeiler.Testing;

namespace Zweizeiler.Gateway.Tests;

public class Docs_Specs(SharedGateway shared)
{
    [Fact]
    public async Task The_root_leads_to_the_docs_and_the_docs_need_nothing_from_elsewhere()
    {
        var root = await shared.App.SendAsync("GET", "/", key: null);
        root.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        root.Headers.Location.ShouldBe(new Uri("/docs", UriKind.Relative));

        var response = await shared.App.SendAsync("GET", "/docs", key: null);
        if (response.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.MovedPermanently)
        {
            response = await shared.App.SendAsync("GET", response.Headers.Location!.IsAbsoluteUri ? response.Headers.Location.PathAndQuery : $"/docs/{response.Headers.Location.OriginalString.TrimStart('/').Replace("docs/", "", StringComparison.Ordinal)}", key: null);
        }

        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.ShouldContain("openapi/v1.json", customMessage: page);
        page.ShouldNotContain("https://cdn.");
        page.ShouldNotContain("fonts.");
        var script = System.Text.RegularExpressions.Regex.Match(page, "src=\"([^\"]+\\.js)\"").Groups[1].Value;
        script.ShouldNotBeEmpty();
        script.ShouldNotStartWith("http");
        var asset = await shared.App.SendAsync("GET", new Uri(new Uri(shared.App.Url, "/docs/"), script).PathAndQuery, key: null);
        asset.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_description_is_put_together_from_the_services_and_bears_one_that_is_down()
    {
        await using var billing = await FakeService.StartAsync("billing", context => context.Response.WriteAsync(
            """{"openapi":"3.1.1","paths":{"/v1/balance":{"get":{"responses":{}}},"/internal/x":{"get":{}}},"components":{"schemas":{"Balance":{"type":"object"}}},"tags":[{"name":"Money"}]}"""));
        await using var app = await GatewayApp.StartAsync(shared.Servers, new Dictionary<string, string[]>
        {
            ["billing"] = [billing.Url],
            ["orders"] = [$"http://127.0.0.1:{FreePort.Next()}"],
        });

        var response = await app.SendAsync("GET", "/openapi/v1.json", key: null);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var document = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        document["paths"]!.AsObject().Select(p => p.Key).ShouldBe(["/v1/balance"]);
        document["components"]!["schemas"]!["Balance"].ShouldNotBeNull();
        ((string)document["tags"]![0]!["name"]!).ShouldBe("Money");
    }

    [Fact]
    public void Components_of_one_name_and_two_meanings_are_kept_apart()
    {
        var merger = new DescriptionMerger("https://api.example");
        merger.Add("orders", Document("/v1/jobs", "object"));
        merger.Add("billing", Document("/v1/invoices", "string"));
        merger.Add("notifications", Document("/v1/events", "object"));

        var merged = JsonNode.Parse(merger.ToJson())!;

        merged["components"]!["schemas"]!.AsObject().Select(s => s.Key).ShouldBe(["Page", "BillingPage"]);
        Reference("/v1/jobs").ShouldBe("#/components/schemas/Page");
        Reference("/v1/events").ShouldBe("#/components/schemas/Page");
        Reference("/v1/invoices").ShouldBe("#/components/schemas/BillingPage");
        ((string)merged["servers"]![0]!["url"]!).ShouldBe("https://api.example");

        string Reference(string path) => (string)merged["paths"]![path]!["get"]!["$ref"]!;

        static JsonObject Document(string path, string type) => new()
        {
            ["paths"] = new JsonObject { [path] = new JsonObject { ["get"] = new JsonObject { ["$ref"] = "#/components/schemas/Page" } } },
            ["components"] = new JsonObject { ["schemas"] = new JsonObject { ["Page"] = new JsonObject { ["type"] = type } } },
        };
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public Task The_gateway_says_how_it_is(string path) => Eventually.Passes(TimeSpan.FromSeconds(10), async () =>
        (await shared.App.SendAsync("GET", path, key: null)).StatusCode.ShouldBe(HttpStatusCode.OK));
}

using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Orders.Tests.Support;

namespace Zweizeiler.Orders.Tests;

public class Tenancy_of_what_is_given_Specs(SharedApp shared)
{
    private static readonly string[] Resources = ["/v1/cases", "/v1/templates", "/v1/glossaries"];

    [Fact]
    public async Task Whatever_is_done_with_another_merchants_id_it_does_not_exist_and_nothing_changes()
    {
        var owner = await shared.App.NewMerchantAsync();
        var stranger = await shared.App.NewMerchantAsync();
        var ids = new Dictionary<string, string>
        {
            ["/v1/cases"] = (string)(await owner.CreateAsync("/v1/cases", """{"customer": {"name": "Mme Martin"}}"""))["id"]!,
            ["/v1/templates"] = (string)(await owner.CreateAsync("/v1/templates", """{"name": "x", "text": "y"}"""))["id"]!,
            ["/v1/glossaries"] = (string)(await owner.CreateAsync("/v1/glossaries", """{"name": "x", "source": "de", "target": "fr"}"""))["id"]!,
        };

        var called = new List<string>();
        foreach (var (method, route, resource) in Operations())
        {
            foreach (var client in new[] { stranger.Live, stranger.Test, owner.Test })
            {
                var body = method is "GET" or "DELETE" ? null : route.EndsWith("terms", StringComparison.Ordinal) ? """{"terms": []}""" : "{}";
                var path = route.Replace("{id}", ids[resource], StringComparison.Ordinal);
                var response = await client.SendAsync(new HttpMethod(method), path, body, "*");
                response.StatusCode.ShouldBe(HttpStatusCode.NotFound, $"{method} {path}");
                ((string)(await TestMerchant.BodyOf(response))["code"]!).ShouldEndWith(".not_found");
            }

            called.Add($"{method} {route}");
        }

        // Terms have a second endpoint, for formats that there are not.
        called.Distinct().Count().ShouldBe(12);
        foreach (var (resource, id) in ids)
        {
            (await owner.Live.SendAsync(HttpMethod.Get, $"{resource}/{id}")).Headers.ETag!.ToString().ShouldStartWith("\"1");
            Calls.Ids(await stranger.GetAsync(resource)).ShouldBeEmpty();
            Calls.Ids((await TestMerchant.BodyOf(await owner.Test.SendAsync(HttpMethod.Get, resource)))).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Preferences_are_those_of_the_merchant_and_mode()
    {
        var owner = await shared.App.NewMerchantAsync();
        var stranger = await shared.App.NewMerchantAsync();
        await (await owner.EditAsync(HttpMethod.Put, "/v1/preferences", """{"retentionDays": 30}""")).ShouldBeAsync(HttpStatusCode.OK);
        foreach (var client in new[] { stranger.Live, stranger.Test, owner.Test })
        {
            (await TestMerchant.BodyOf(await client.SendAsync(HttpMethod.Get, "/v1/preferences")))["retentionDays"]!.GetValue<int>().ShouldBe(365);
        }
    }

    [Theory]
    [InlineData("caseId", "/v1/cases", "{}")]
    [InlineData("templateId", "/v1/templates", """{"name": "x", "text": "y"}""")]
    public async Task A_job_of_another_mode_does_not_find_it(string field, string resource, string body)
    {
        var owner = await shared.App.NewMerchantAsync();
        var item = new JsonObject { ["kind"] = "translation", ["source"] = "de", ["target"] = "fr", [field] = (string)(await owner.CreateAsync(resource, body))["id"]! };
        if (field == "caseId")
        {
            item["text"] = "Danke";
        }

        (await Calls.FaultsOf(await owner.PostAsync("/v1/jobs", item, client: owner.Test))).ShouldHaveSingleItem().ShouldEndWith(".not_found");
        await owner.PlaceAsync(item.DeepClone().AsObject());
    }

    private IEnumerable<(string Method, string Route, string Resource)> Operations() =>
        from endpoint in shared.App.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        let route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        from resource in Resources
        where route.StartsWith(resource + "/", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        select (method, route, resource);
}

using System.Text.Json.Nodes;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Tests.Support;

namespace Zweizeiler.Orders.Tests;

public class Api_description_Specs(SharedApp shared)
{
    [Fact]
    public async Task The_description_is_public_and_says_of_every_operation_what_it_does_and_who_may()
    {
        using var client = shared.App.Anonymous();
        var document = JsonNode.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken))!;

        ((string)document["openapi"]!).ShouldStartWith("3.1");
        var paths = document["paths"]!.AsObject();
        paths.Select(p => p.Key).ShouldBe(
            ["/v1/jobs", "/v1/jobs/{id}", "/v1/jobs/{id}/deliveries", "/v1/jobs/{id}/accept",
                "/v1/jobs/{id}/cancel", "/v1/jobs/{id}/revision", "/v1/jobs/{id}/reject", "/v1/jobs/{id}/messages", "/v1/jobs/{id}/complaint", "/v1/jobs/{id}/complaint/close", "/v1/languages", "/v1/price-list", "/v1/quotes", "/v1/quotes/{id}", "/v1/eta", "/v1/api-keys", "/v1/api-keys/{id}",
                "/v1/cases", "/v1/cases/{id}", "/v1/cases/{id}/close", "/v1/templates", "/v1/templates/{id}", "/v1/templates/{id}/render",
                "/v1/glossaries", "/v1/glossaries/{id}", "/v1/glossaries/{id}/terms", "/v1/preferences"],
            ignoreOrder: true);
        foreach (var (path, methods) in paths)
        {
            foreach (var (method, operation) in methods!.AsObject())
            {
                var where = $"{method} {path}";
                ((string?)operation!["summary"]).ShouldNotBeNullOrEmpty(where);
                ((string?)operation["operationId"]).ShouldNotBeNullOrEmpty(where);
                operation["security"]!.AsArray().Count.ShouldBe(1, where);
                operation["responses"]!.AsObject().ContainsKey("401").ShouldBeTrue(where);
                if (method == "post")
                {
                    operation["parameters"]!.AsArray().Select(p => (string)p!["name"]!).ShouldContain("Idempotency-Key", where);
                    operation["requestBody"]!["content"]!["application/json"]!["schema"].ShouldNotBeNull(where);
                }
            }
        }

        var terms = document["paths"]!["/v1/glossaries/{id}/terms"]!;
        ((string)terms["get"]!["responses"]!["200"]!["content"]!["text/csv"]!["schema"]!["type"]!).ShouldBe("string");
        ((string)terms["put"]!["requestBody"]!["content"]!["application/tbx+xml"]!["schema"]!["type"]!).ShouldBe("string");
        terms["put"]!["parameters"]!.AsArray().Select(p => (string)p!["name"]!).ShouldBe(["id", "If-Match"], ignoreOrder: true);
        var pairs = document["paths"]!["/v1/jobs"]!["get"]!["parameters"]!.AsArray().Single(p => (string)p!["name"]! == "metadata")!;
        ((string)pairs["style"]!, (string)pairs["schema"]!["type"]!).ShouldBe(("deepObject", "object"));
        document["paths"]!["/v1/jobs"]!["post"]!["requestBody"]!["content"]!["application/json"]!["examples"]!.AsObject().Select(e => e.Key)
            .ShouldBe(["one", "formulation", "summary", "call", "quoted", "several"], ignoreOrder: true);
        ((string)document["components"]!["schemas"]!["Job"]!["properties"]!["createdAt"]!["format"]!).ShouldBe("date-time");
        document["components"]!["securitySchemes"]!["bearer"].ShouldNotBeNull();
    }

    [Fact]
    public async Task The_description_says_which_values_headers_and_forms_there_are()
    {
        using var client = shared.App.Anonymous();
        var document = JsonNode.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken))!;
        var schemas = document["components"]!["schemas"]!;

        Texts(schemas["Job"]!["properties"]!["state"]!["enum"]).ShouldBe(JobStates.All);
        Texts(schemas["Job"]!["properties"]!["kind"]!["enum"]).ShouldBe(["translation", "formulation", "summary", "call"]);
        Texts(schemas["Quote"]!["properties"]!["mode"]!["enum"]).ShouldBe(["live", "test"]);
        Texts(schemas["ApiKeyInput"]!["properties"]!["scopes"]!["items"]!["enum"]).ShouldBe(["quote", "order", "read", "admin"]);
        Texts(schemas["JobInput"]!["required"]).ShouldBe(["kind"]);
        Texts(schemas["ApiKeyInput"]!["required"]).ShouldBe(["name", "scopes"], ignoreOrder: true);
        Texts(schemas["MessageInput"]!["required"]).ShouldBe(["text"]);
        ((string)schemas["MessageInput"]!["properties"]!["text"]!["type"]!).ShouldBe("string");

        References(schemas["JobOrderInput"]!["oneOf"]).ShouldBe(["#/components/schemas/JobInput", "#/components/schemas/JobsInput"]);
        schemas["JobsInput"]!["properties"]!.AsObject().Select(p => p.Key).ShouldBe(["jobs", "maxPrice"]);
        var placed = document["paths"]!["/v1/jobs"]!["post"]!["responses"]!["201"]!;
        References(placed["content"]!["application/json"]!["schema"]!["oneOf"]).ShouldBe(["#/components/schemas/Job", "#/components/schemas/JobList"]);
        ((string)schemas["JobList"]!["properties"]!["data"]!["items"]!["$ref"]!).ShouldBe("#/components/schemas/Job");

        placed["headers"]!.AsObject().Select(h => h.Key).ShouldBe(["Location", "Idempotent-Replayed"], ignoreOrder: true);
        var job = document["paths"]!["/v1/jobs/{id}"]!["get"]!;
        job["parameters"]!.AsArray().Select(p => (string)p!["name"]!).ShouldContain("If-None-Match");
        job["responses"]!["304"]!["headers"]!["ETag"].ShouldNotBeNull();
        document["components"]!["headers"]!["ETag"]!["description"].ShouldNotBeNull();
        var limit = document["paths"]!["/v1/jobs"]!["get"]!["parameters"]!.AsArray().Single(p => (string)p!["name"]! == "limit")!["schema"]!;
        ((int)limit["minimum"]!, (int)limit["maximum"]!, (int)limit["default"]!).ShouldBe((1, 100, 20));

        static IEnumerable<string> Texts(JsonNode? list) => list!.AsArray().Select(v => (string)v!);
        static IEnumerable<string> References(JsonNode? list) => list!.AsArray().Select(v => (string)v!["$ref"]!);
    }
}

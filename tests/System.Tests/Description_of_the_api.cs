using System.Text.Json;
using System.Text.Json.Nodes;
using Zweizeiler.Demo;

namespace Zweizeiler.SystemTests;

/// <summary>
/// <c>docs/openapi/v1.json</c> is what the gateway serves, put together from the services' code. After a change of the API write it anew:
/// <c>ZWEIZEILER_WRITE_API_DESCRIPTION=1 ./test System</c>.
/// </summary>
public sealed class Description_of_the_api(Stack stack)
{
    private static readonly string Committed = Path.Combine(Checkout.Root, "docs", "openapi", "v1.json");

    private static readonly string[] OfEachService = ["/v1/jobs", "/v1/balance", "/v1/events"];

    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task The_committed_one_is_the_one_that_is_served()
    {
        using var client = new HttpClient();
        // A service that has not described itself in time leaves a gap until the next look.
        var served = await Wait.ForAsync(
            "The description of every service",
            Stack.Deadline,
            async token => JsonNode.Parse(await client.GetStringAsync(new Uri(stack.Details.Gateway, "/openapi/v1.json"), token))!
                is var read && OfEachService.All(path => read["paths"]![path] is not null) ? read : null,
            Stack.Cancelled);
        // Where this stack happens to listen is nobody else's business.
        served["servers"] = new JsonArray(new JsonObject { ["url"] = "/" });
        if (Environment.GetEnvironmentVariable("ZWEIZEILER_WRITE_API_DESCRIPTION") == "1")
        {
            await File.WriteAllTextAsync(Committed, served.ToJsonString(Written) + "\n", Stack.Cancelled);
        }

        var committed = JsonNode.Parse(await File.ReadAllTextAsync(Committed, Stack.Cancelled));
        JsonNode.DeepEquals(committed, served).ShouldBeTrue(
            $"The API differs from docs/openapi/v1.json: {string.Join(", ", Differences(committed, served, "").Take(10))}");
    }

    [Fact]
    public async Task Every_operation_shows_what_it_takes_and_answers()
    {
        var document = JsonNode.Parse(await File.ReadAllTextAsync(Committed, Stack.Cancelled))!;
        var bare =
            from path in document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            let contents = operation.Value!["responses"]!.AsObject().Select(r => (Of: r.Key, Content: r.Value!["content"]))
                .Append((Of: "request", Content: operation.Value["requestBody"]?["content"]))
            from content in contents
            from media in content.Content?.AsObject() ?? []
            where media.Key.EndsWith("json", StringComparison.Ordinal) && media.Value!["examples"] is null && media.Value["example"] is null
            select $"{operation.Key} {path.Key} {content.Of}";
        bare.ShouldBeEmpty("operations without an example");
    }

    private static IEnumerable<string> Differences(JsonNode? a, JsonNode? b, string at)
    {
        if (a is JsonObject left && b is JsonObject right)
        {
            return left.Select(p => p.Key).Union(right.Select(p => p.Key)).SelectMany(key => Differences(left[key], right[key], $"{at}/{key}"));
        }

        return JsonNode.DeepEquals(a, b) ? [] : [at];
    }
}

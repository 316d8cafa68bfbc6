using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;
using Zweizeiler.ServiceDefaults.OpenApi;

namespace Zweizeiler.Gateway.Docs;

/// <summary>
/// Adds to the merged description what is alike for all operations: an example of each request and answer, the problems with an example of each code, and
/// the answers and headers of the gateway itself.
/// </summary>
internal static class DescriptionCompleter
{
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";
    private const string ProblemSchema = "#/components/schemas/Problem";

    /// <summary>What the gateway adds to every answer. They are described where they are read: with what was asked for, and with a refusal for asking too often.</summary>
    private static readonly string[] OfEveryAnswer = [ApiHeaders.RateLimit, ApiHeaders.RateLimitPolicy, ApiHeaders.RequestId, ApiHeaders.CorrelationId];

    private static readonly Dictionary<int, string> Descriptions = new()
    {
        [200] = "Done.",
        [201] = "Created.",
        [202] = "Taken; what comes of it is told by an event.",
        [204] = "Done; there is nothing to say.",
        [304] = "Unchanged since the `ETag` that was sent; there is no body.",
        [400] = "The request cannot be read.",
        [402] = "The key may not spend so much.",
        [404] = "There is no such thing, or it belongs to somebody else.",
        [409] = "Not now: the state does not permit it, or the same `Idempotency-Key` is still at work.",
        [412] = "It has changed meanwhile.",
        [422] = "Something is wrong with the request; `errors` names each fault.",
        [428] = "`If-Match` is missing.",
        [429] = "Too many requests; `Retry-After` says how long to wait.",
        [503] = "A part is away for a moment; repeat with the same `Idempotency-Key`.",
    };

    public static void Complete(JsonObject document)
    {
        if (document["components"]?["schemas"]?["Problem"] is JsonObject problem)
        {
            // Some problems say more, such as what is possible instead.
            problem["additionalProperties"] = true;
        }

        var samples = new SampleValues(document);
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject().Where(o => o.Value is JsonObject && o.Key is "get" or "put" or "post" or "patch" or "delete"))
            {
                Complete(operation!.AsObject(), method, path, samples, document);
            }
        }
    }

    private static void Complete(JsonObject operation, string method, string path, SampleValues samples, JsonObject document)
    {
        AddSample(operation["requestBody"]?["content"]?[Json] as JsonObject, samples);
        if (operation["responses"] is not JsonObject responses)
        {
            operation["responses"] = responses = [];
        }

        if (document["components"]?["schemas"]?["Problem"] is not null)
        {
            // The gateway's own answers, whatever the service behind it says.
            foreach (var status in (int[])[429, 503])
            {
                responses.TryAdd(Text(status), new JsonObject { ["content"] = new JsonObject { [Problem] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = ProblemSchema } } } });
            }
        }

        foreach (var (name, response) in responses.ToList())
        {
            if (response is not JsonObject answer || !int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            {
                continue;
            }

            if (status is not (401 or 403) && Descriptions.TryGetValue(status, out var description))
            {
                answer["description"] = description;
            }

            AddSample(answer["content"]?[Json] as JsonObject, samples);
            AddProblems(answer["content"]?[Problem] as JsonObject, status, new AskedFor(method, path, operation["requestBody"] is not null));
            foreach (var header in HeadersOf(status))
            {
                AddHeader(answer, header, document);
            }
        }
    }

    private static string[] HeadersOf(int status) => status switch
    {
        < 400 => OfEveryAnswer,
        401 => [HeaderNames.WWWAuthenticate],
        429 => [HeaderNames.RetryAfter, .. OfEveryAnswer],
        503 => [HeaderNames.RetryAfter],
        _ => [],
    };

    private static void AddHeader(JsonObject answer, string name, JsonObject document)
    {
        var known = ApiHeaders.All[name];
        Child(Child(document, "components"), "headers").TryAdd(name, new JsonObject
        {
            ["description"] = known.Description,
            ["schema"] = new JsonObject { ["type"] = known.IsNumber ? "integer" : "string" },
            ["example"] = known.IsNumber ? JsonNode.Parse(known.Example) : known.Example,
        });
        Child(answer, "headers").TryAdd(name, new JsonObject { ["$ref"] = $"#/components/headers/{name}" });
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child)
        {
            parent[name] = child = [];
        }

        return child;
    }

    private static void AddSample(JsonObject? media, SampleValues samples)
    {
        if (media?["schema"] is JsonObject schema && media["examples"] is null && media["example"] is null)
        {
            media["examples"] = new JsonObject { ["example"] = new JsonObject { ["value"] = samples.Of(schema) } };
        }
    }

    private static void AddProblems(JsonObject? media, int status, AskedFor asked)
    {
        if (media is null)
        {
            return;
        }

        if (media["examples"] is not JsonObject examples)
        {
            media["examples"] = examples = [];
        }

        var shown = examples.Select(e => (string?)e.Value?["value"]?["code"]).ToHashSet(StringComparer.Ordinal);
        foreach (var problem in ProblemCatalogue.All.Where(p => p.Status == status && !shown.Contains(p.Code) && p.IsAnsweredBy(asked)))
        {
            examples[problem.Code] = new JsonObject { ["summary"] = problem.Title, ["value"] = ExampleOf(problem, asked.Path) };
        }

        if (examples.Count == 0)
        {
            media.Remove("examples");
        }
    }

    private static JsonObject ExampleOf(KnownProblem problem, string path)
    {
        var example = new JsonObject
        {
            ["type"] = $"urn:zweizeiler:problem:{problem.Code}",
            ["title"] = problem.Title,
            ["status"] = problem.Status,
            ["detail"] = problem.Detail,
            ["instance"] = SampleValues.PathOf(path),
            ["code"] = problem.Code,
            ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        };
        if (problem.Code == "request.invalid")
        {
            example["errors"] = new JsonArray(new JsonObject { ["pointer"] = "/reference", ["code"] = "field.too_long", ["detail"] = "At most 120 characters are permitted." });
        }

        return example;
    }

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}

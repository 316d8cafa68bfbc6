using System.Text.Json;
using System.Text.Json.Nodes;

namespace Zweizeiler.Gateway.Docs;

/// <summary>Puts OpenAPI documents together: paths, components, tags. Components of one name and different content get their service's name.</summary>
internal sealed class DescriptionMerger
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject _merged = new()
    {
        ["openapi"] = "3.1.1",
        ["info"] = new JsonObject
        {
            ["title"] = "Zweizeiler",
            ["version"] = "v1",
            ["summary"] = "Two-line language jobs, done by people who know the language and the trade.",
            ["description"] = Guide.Text,
            ["contact"] = new JsonObject { ["name"] = "Zweizeiler", ["url"] = "https://zweizeiler.eu" },
            ["license"] = new JsonObject { ["name"] = "Proprietary", ["identifier"] = "LicenseRef-Zweizeiler" },
        },
        ["paths"] = new JsonObject(),
        ["components"] = new JsonObject(),
        ["tags"] = new JsonArray(),
    };

    public DescriptionMerger(string? publicUrl) =>
        _merged["servers"] = new JsonArray(new JsonObject { ["url"] = publicUrl is { Length: > 0 } ? publicUrl.TrimEnd('/') : "/" });

    public void Add(string service, JsonObject document)
    {
        document = WithOwnNames(service, document);
        foreach (var (path, item) in document["paths"] as JsonObject ?? [])
        {
            if (path.StartsWith("/v1/", StringComparison.Ordinal))
            {
                _merged["paths"]!.AsObject().TryAdd(path, item?.DeepClone());
            }
        }

        foreach (var (kind, entries) in document["components"] as JsonObject ?? [])
        {
            var target = Child(_merged["components"]!.AsObject(), kind);
            foreach (var (name, entry) in entries as JsonObject ?? [])
            {
                target.TryAdd(name, entry?.DeepClone());
            }
        }

        var tags = _merged["tags"]!.AsArray();
        foreach (var tag in document["tags"] as JsonArray ?? [])
        {
            if (tag is not null && !tags.Any(t => (string?)t!["name"] == (string?)tag["name"]))
            {
                tags.Add(tag.DeepClone());
            }
        }
    }

    public string ToJson()
    {
        DescriptionCompleter.Complete(_merged);
        return _merged.ToJsonString(Indented);
    }

    /// <summary>Renames the schemas that would mean something else than one that is there already.</summary>
    private JsonObject WithOwnNames(string service, JsonObject document)
    {
        var there = _merged["components"]!["schemas"] as JsonObject;
        var own = document["components"]?["schemas"] as JsonObject;
        var renamed = own?.Select(s => s.Key)
            .Where(name => there?[name] is { } other && !JsonNode.DeepEquals(other, own[name]))
            .ToHashSet(StringComparer.Ordinal);
        if (renamed is not { Count: > 0 })
        {
            return document;
        }

        var prefix = char.ToUpperInvariant(service[0]) + service[1..];
        var copy = document.DeepClone().AsObject();
        var schemas = copy["components"]!["schemas"]!.AsObject();
        foreach (var name in renamed)
        {
            var schema = schemas[name];
            schemas.Remove(name);
            schemas[prefix + name] = schema;
        }

        Redirect(copy, renamed, prefix);
        return copy;
    }

    private static void Redirect(JsonNode? node, HashSet<string> renamed, string prefix)
    {
        const string Schemas = "#/components/schemas/";
        switch (node)
        {
            case JsonObject obj:
                if (obj["$ref"] is JsonValue reference
                    && reference.TryGetValue<string>(out var target)
                    && target.StartsWith(Schemas, StringComparison.Ordinal)
                    && renamed.Contains(target[Schemas.Length..]))
                {
                    obj["$ref"] = Schemas + prefix + target[Schemas.Length..];
                }

                foreach (var (_, child) in obj)
                {
                    Redirect(child, renamed, prefix);
                }

                break;
            case JsonArray array:
                foreach (var child in array)
                {
                    Redirect(child, renamed, prefix);
                }

                break;
        }
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child)
        {
            parent[name] = child = [];
        }

        return child;
    }
}

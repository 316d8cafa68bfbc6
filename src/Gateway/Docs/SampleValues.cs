using System.Text.Json.Nodes;

namespace Zweizeiler.Gateway.Docs;

/// <summary>
/// Writes a value that fits a schema, with the words of a real order where a property has a name that is known here. So every operation has an example
/// that cannot drift from its schema.
/// </summary>
internal sealed class SampleValues(JsonObject document)
{
    private const string Id = "01jdc9f4xyz7m8n9p0q1r2s3t4";
    private const int Deepest = 12;

    private static readonly Dictionary<string, JsonNode> ByName = new(StringComparer.Ordinal)
    {
        ["about"] = "Born in Lyon, ten years of customer service.",
        ["accountId"] = "acc_" + Id,
        ["amount"] = 240,
        ["answers"] = "msg_" + Id,
        ["attempts"] = 2,
        ["available"] = 9714,
        ["backGloss"] = "We apologise; the parcel comes tomorrow before noon.",
        ["balance"] = 10000,
        ["billedLines"] = 2,
        ["caseId"] = "case_" + Id,
        ["category"] = "S",
        ["channel"] = "email",
        ["characters"] = 89,
        ["code"] = "de",
        ["costCentre"] = "FR",
        ["country"] = "DE",
        ["currency"] = "EUR",
        ["customerName"] = "Mme Martin",
        ["displayName"] = "Claire B.",
        ["email"] = "shop@example.org",
        ["factor"] = 1.0,
        ["fee"] = 168,
        ["formality"] = "formal",
        ["gist"] = "Your customer asks where her parcel is; she needs it by Friday.",
        ["greeting"] = "Chère Madame Martin",
        ["gross"] = 286,
        ["jobId"] = "job_" + Id,
        ["key"] = "zz_test_… (shown once)",
        ["kind"] = "translation",
        ["language"] = "fr",
        ["lineLength"] = 55,
        ["lines"] = 2,
        ["locale"] = "de",
        ["maxLines"] = 10,
        ["maxMinutes"] = 10,
        ["message"] = "Bonjour, où est mon colis ?",
        ["minimumLines"] = 2,
        ["minutes"] = 4,
        ["mode"] = "live",
        ["mood"] = "annoyed",
        ["mustNotPromise"] = new JsonArray("a delivery date"),
        ["mustSay"] = new JsonArray("the parcel is on its way"),
        ["name"] = "Web shop",
        ["net"] = 240,
        ["nextCursor"] = null!,
        ["nextStep"] = "Tell her the new date of delivery today.",
        ["note"] = "The second sentence leaves out the time.",
        ["number"] = "+33123456789",
        ["outcome"] = "reached",
        ["points"] = new JsonArray("The parcel was delayed", "It comes tomorrow before noon"),
        ["prefix"] = "zz_live_a1b2",
        ["priceList"] = "2026-1",
        ["promiseMinutes"] = 240,
        ["quoteId"] = "quo_" + Id,
        ["rate"] = 19.0,
        ["ratePerLine"] = 120,
        ["rating"] = 5,
        ["reason"] = "omission",
        ["reference"] = "ORDER-4711",
        ["repetitionFactor"] = 1.0,
        ["report"] = "She is at home tomorrow from 10 to 12.",
        ["reserved"] = 286,
        ["retentionDays"] = 90,
        ["scopes"] = new JsonArray("quote", "order", "read"),
        ["secret"] = "whsec_… (shown once)",
        ["source"] = "de",
        ["state"] = "open",
        ["target"] = "fr",
        ["templateId"] = "tpl_" + Id,
        ["text"] = "Ihr Paket ist leider liegen geblieben. Es kommt morgen vor 12 Uhr.",
        ["thanks"] = "Merci, très bien !",
        ["timeZone"] = "Europe/Paris",
        ["tone"] = "friendly",
        ["translatorId"] = "trn_" + Id,
        ["type"] = "job.delivered",
        ["urgency"] = "standard",
        ["urgencyFactor"] = 1.0,
        ["url"] = "https://shop.example.org/zweizeiler",
        ["version"] = 1,
    };

    /// <summary>Prefixes of public ids by a word in the schema's name.</summary>
    private static readonly (string Word, string Prefix)[] Prefixes =
    [
        ("ApiKey", "key_"), ("Case", "case_"), ("Complaint", "cmp_"), ("WebhookDelivery", "whd_"), ("Delivery", "dlv_"), ("Endpoint", "whe_"), ("Entry", "ent_"), ("Event", "evt_"),
        ("Glossary", "gls_"), ("Invoice", "inv_"), ("Message", "msg_"), ("Quote", "quo_"), ("Template", "tpl_"), ("Translator", "trn_"), ("Job", "job_"),
    ];

    /// <summary>The schemas that the value being written is part of: what may be left out is left out where it would come again.</summary>
    private readonly Stack<string> _within = new();

    public JsonNode? Of(JsonObject schema) => Of(schema, "", "", 0);

    /// <summary>The path with an id of the right kind in each place: what is named before it says which.</summary>
    public static string PathOf(string template)
    {
        var parts = template.Split('/');
        for (var i = 1; i < parts.Length; i++)
        {
            if (parts[i].StartsWith('{'))
            {
                // Below an endpoint, deliveries are those of webhooks.
                var words = string.Concat(parts.Take(i)).Replace("-", "", StringComparison.Ordinal);
                var owner = parts[i - 1] == "deliveries" && words.Contains("webhook", StringComparison.Ordinal) ? "WebhookDelivery" : OneOf(parts[i - 1].Replace("-", "", StringComparison.Ordinal));
                parts[i] = Prefixes.First(p => owner.Contains(p.Word, StringComparison.OrdinalIgnoreCase)).Prefix + Id;
            }
        }

        return string.Join('/', parts);
    }

    private static string OneOf(string several) => several.EndsWith("ies", StringComparison.Ordinal) ? several[..^3] + "y" : several.TrimEnd('s');

    private JsonNode? Of(JsonObject schema, string name, string owner, int depth)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            owner = NameOf(reference);
            _within.Push(owner);
            var referenced = Of(document["components"]!["schemas"]![owner]!.AsObject(), name, owner, depth);
            _within.Pop();
            return referenced;
        }

        if (schema["example"] is { } own)
        {
            return own.DeepClone();
        }

        if (schema["oneOf"] is JsonArray choices || (schema["anyOf"] as JsonArray) is { } any && (choices = any) is not null)
        {
            var choice = choices.Select(c => c!.AsObject()).FirstOrDefault(c => (string?)c["$ref"] is not null || TypeOf(c) != "null");
            return choice is null ? null : Of(choice, name, owner, depth);
        }

        var type = TypeOf(schema);
        return type switch
        {
            "object" => OfObject(schema, owner, depth),
            "array" when ByName.TryGetValue(name, out var list) && list is JsonArray => list.DeepClone(),
            "array" => depth >= Deepest || schema["items"] is not JsonObject items ? new JsonArray() : new JsonArray(Of(items, Singular(name), owner, depth + 1)),
            _ => OfValue(schema, type, name, owner),
        };
    }

    private JsonObject OfObject(JsonObject schema, string owner, int depth)
    {
        var value = new JsonObject();
        if (depth >= Deepest)
        {
            return value;
        }

        var required = (schema["required"] as JsonArray ?? []).Select(r => (string?)r).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
        {
            // What has parts of its own is shown where it is the matter, not each time that it can be embedded.
            if (!required.Contains(name) && depth > 1 && References(property).Any(r => depth > 3 || _within.Contains(r)))
            {
                continue;
            }

            value[name] = Of(property!.AsObject(), name, owner, depth + 1);
        }

        if (value.Count == 0 && schema["additionalProperties"] is JsonObject values)
        {
            value["shop"] = Of(values, "shop", owner, depth + 1);
        }

        return value;
    }

    private static string NameOf(string reference) => reference[(reference.LastIndexOf('/') + 1)..];

    private static IEnumerable<string> References(JsonNode? schema) => schema switch
    {
        JsonObject found when (string?)found["$ref"] is { } reference => [NameOf(reference)],
        JsonObject found => (found["oneOf"] as JsonArray ?? []).Append(found["items"]).SelectMany(References),
        _ => [],
    };

    private static JsonNode? OfValue(JsonObject schema, string type, string name, string owner)
    {
        if (schema["enum"] is JsonArray { Count: > 0 } permitted)
        {
            var usual = ByName.GetValueOrDefault(name)?.ToString();
            return (permitted.FirstOrDefault(p => p?.ToString() == usual) ?? permitted[0])?.DeepClone();
        }

        if ((string?)schema["format"] == "date-time")
        {
            return name.Contains("due", StringComparison.OrdinalIgnoreCase) || name is "to" or "deliverBy" or "expiresAt" ? "2026-11-23T18:00:00Z" : "2026-11-23T14:00:00Z";
        }

        if (type == "string" && name == "id")
        {
            return Prefixes.FirstOrDefault(p => owner.Contains(p.Word, StringComparison.Ordinal)).Prefix + Id;
        }

        return ByName.TryGetValue(name, out var known) && Fits(known, type) ? known?.DeepClone() : type switch
        {
            "integer" => Math.Max(1, (long?)schema["minimum"] ?? 1),
            "number" => 1.0,
            "boolean" => true,
            _ => name is "shop" ? "fr" : "…",
        };
    }

    private static bool Fits(JsonNode? value, string type) => value?.GetValueKind() switch
    {
        null => true,
        System.Text.Json.JsonValueKind.String => type == "string",
        System.Text.Json.JsonValueKind.Number => type is "number" || (type is "integer" && value is JsonValue number && number.TryGetValue<int>(out _)),
        _ => false,
    };

    /// <summary>The first type that is not <c>null</c>.</summary>
    private static string TypeOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => types.Select(t => (string?)t).FirstOrDefault(t => t != "null") ?? "null",
        JsonValue type => (string?)type ?? "",
        _ => schema["properties"] is null ? "string" : "object",
    };

    private static string Singular(string name) => name.EndsWith('s') ? name[..^1] : name;
}

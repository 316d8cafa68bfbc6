using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.ServiceDefaults.Json;

/// <summary>Reads JSON and reports all structural faults at once, where the serializer alone would stop at the first.</summary>
public static class StrictJson
{
    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>Binds what is sound in <paramref name="utf8"/> and adds a fault for each thing that is not.</summary>
    /// <exception cref="ApiException">The body is not JSON, or not an object (400).</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8, JsonSerializerOptions options, Faults faults)
        where T : class
    {
        if (utf8.StartsWith(Encoding.UTF8.Preamble))
        {
            // RFC 8259, 8.1: nobody should send a byte-order mark, whoever reads may pass over it.
            utf8 = utf8[Encoding.UTF8.Preamble.Length..];
        }

        // The parser looks at strings lazily; what is not UTF-8 must not get any further.
        if (!Utf8.IsValid(utf8))
        {
            throw new ApiException(CommonProblems.Unparsable("The body must be encoded in UTF-8."));
        }

        JsonNode? root;
        try
        {
            root = JsonNode.Parse(utf8, documentOptions: DocumentOptions);
        }
        catch (JsonException e)
        {
            var where = e.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $" at line {line + 1}, byte {e.BytePositionInLine + 1}") : "";
            throw new ApiException(CommonProblems.Unparsable($"The body could not be read as JSON{where}; it must be one object in UTF-8 without duplicate names."));
        }

        catch (InvalidOperationException)
        {
            // What has no text cannot even be pointed at.
            throw new ApiException(CommonProblems.Unparsable("A name in the body is not valid Unicode: it has half of a surrogate pair."));
        }

        if (root is not JsonObject body)
        {
            throw new ApiException(CommonProblems.Unparsable("The body must be a JSON object."));
        }

        if (typeof(IMergePatch).IsAssignableFrom(typeof(T)))
        {
            Patch(body, options.GetTypeInfo(typeof(T)), "", faults, options);
        }

        Prune(body, options.GetTypeInfo(typeof(T)), "", faults, options);
        return body.Deserialize<T>(options)!;
    }

    /// <summary>Puts an empty value in the place of each <c>null</c> that takes something away; any other one is a fault.</summary>
    private static void Patch(JsonObject obj, JsonTypeInfo type, string pointer, Faults faults, JsonSerializerOptions options)
    {
        foreach (var property in type.Properties)
        {
            if (!obj.TryGetPropertyValue(property.Name, out var value))
            {
                continue;
            }

            var (at, its) = ($"{pointer}/{property.Name}", options.GetTypeInfo(property.PropertyType));
            if (value is null && !IsRemovable(property))
            {
                faults.Add(at, "field.null", "This cannot be taken away; leave it out to keep it as it is.");
                continue;
            }

            if (value is null)
            {
                obj[property.Name] = value = its.Kind switch
                {
                    JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => new JsonObject(),
                    JsonTypeInfoKind.Enumerable => new JsonArray(),
                    _ => JsonValue.Create(""),
                };
                foreach (var member in its.Kind == JsonTypeInfoKind.Object ? its.Properties.Where(IsRemovable) : [])
                {
                    value[member.Name] = null;
                }
            }

            if (its.Kind == JsonTypeInfoKind.Object && value is JsonObject inner)
            {
                Patch(inner, its, at, faults, options);
            }
        }
    }

    private static bool IsRemovable(JsonPropertyInfo property) => property.AttributeProvider?.IsDefined(typeof(RemovableAttribute), inherit: true) == true;

    /// <summary>Takes everything out of <paramref name="node"/> that does not fit its type, each with a fault. Returns whether the node itself fits.</summary>
    private static bool Prune(JsonNode node, JsonTypeInfo type, string pointer, Faults faults, JsonSerializerOptions options)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when node is JsonObject obj:
                PruneObject(obj, type, pointer, faults, options);
                return true;
            case JsonTypeInfoKind.Dictionary when node is JsonObject map && type.ElementType is { } valueType:
                PruneAll(map.Select(p => (p.Key, p.Value)).ToList(), map.Remove, valueType, pointer, faults, options);
                return true;
            case JsonTypeInfoKind.Enumerable when node is JsonArray array && type.ElementType is { } elementType:
                // From the end, so that removing an element does not move those still to be looked at.
                PruneAll(
                    array.Select((value, i) => (i.ToString(CultureInfo.InvariantCulture), value)).Reverse().ToList(),
                    key => { array.RemoveAt(int.Parse(key, CultureInfo.InvariantCulture)); return true; },
                    elementType, pointer, faults, options);
                return true;
            case JsonTypeInfoKind.None when Fits(node, type, options):
                return true;
            default:
                if (IsMalformed(node))
                {
                    faults.Add(pointer, "text.malformed", "The text is not valid Unicode: it has half of a surrogate pair.");
                }
                else
                {
                    faults.Add(pointer, "field.type", $"Expected {Describe(type)}.");
                }

                return false;
        }
    }

    private static void PruneObject(JsonObject obj, JsonTypeInfo type, string pointer, Faults faults, JsonSerializerOptions options)
    {
        foreach (var (name, value) in obj.ToList())
        {
            var at = $"{pointer}/{Escape(name)}";
            var property = type.Properties.FirstOrDefault(p => p.Name == name);
            if (property is null)
            {
                var known = type.Properties.Count == 0 ? "None is taken." : $"Known fields: {string.Join(", ", type.Properties.Select(p => p.Name))}.";
                faults.Add(at, "field.unknown", $"There is no field of this name here. {known}");
                obj.Remove(name);
            }
            else if (value is null)
            {
                // null means "not given": members of requests are optional until validation asks for them.
                obj.Remove(name);
            }
            else if (!Prune(value, options.GetTypeInfo(property.PropertyType), at, faults, options))
            {
                obj.Remove(name);
            }
        }
    }

    private static void PruneAll(
        List<(string Key, JsonNode? Value)> entries, Func<string, bool> remove, Type valueType, string pointer, Faults faults, JsonSerializerOptions options)
    {
        var type = options.GetTypeInfo(valueType);
        foreach (var (key, value) in entries)
        {
            var at = $"{pointer}/{Escape(key)}";
            if (value is null)
            {
                faults.Add(at, "field.null", $"Expected {Describe(type)}, not null.");
                remove(key);
            }
            else if (!Prune(value, type, at, faults, options))
            {
                remove(key);
            }
        }
    }

    private static bool Fits(JsonNode node, JsonTypeInfo type, JsonSerializerOptions options)
    {
        try
        {
            node.Deserialize(options.GetTypeInfo(type.Type));
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static bool IsMalformed(JsonNode node)
    {
        if (node.GetValueKind() != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            node.GetValue<string>();
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    private static string Describe(JsonTypeInfo type)
    {
        var t = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        return type.Kind switch
        {
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
            JsonTypeInfoKind.Enumerable => "an array",
            _ when t == typeof(string) => "a string",
            _ when t == typeof(bool) => "true or false",
            _ when t == typeof(int) || t == typeof(long) => "a whole number",
            _ when t == typeof(decimal) || t == typeof(double) => "a number",
            _ when t == typeof(DateTimeOffset) => "a time in ISO 8601 with offset, for example 2026-11-23T18:00:00Z",
            _ when t.IsEnum => $"one of {string.Join(", ", Enum.GetNames(t).Select(JsonNamingPolicy.CamelCase.ConvertName))}",
            _ => "another type",
        };
    }

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}

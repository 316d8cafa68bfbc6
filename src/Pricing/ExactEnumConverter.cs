using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zweizeiler.Pricing;

/// <summary>
/// Enum members by their exact names. The serializer's own converter also takes other capitals and, of an enum without flags, comma-separated
/// lists ("translation, summary" is a summary to it); a price must not depend on such guesses.
/// </summary>
/// <typeparam name="T">The enum.</typeparam>
internal class ExactEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private readonly Dictionary<string, T> _values;
    private readonly Dictionary<T, string> _names;

    /// <summary>The members' names as they are.</summary>
    public ExactEnumConverter()
        : this(null)
    {
    }

    /// <summary>The members' names as <paramref name="policy"/> makes them.</summary>
    protected ExactEnumConverter(JsonNamingPolicy? policy)
    {
        _names = Enum.GetValues<T>().ToDictionary(v => v, v => policy?.ConvertName(v.ToString()) ?? v.ToString());
        _values = _names.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && _values.TryGetValue(reader.GetString()!, out var value)
            ? value
            : throw new JsonException($"Expected one of: {string.Join(", ", _values.Keys)}.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(_names[value]);
}

/// <summary>Enum members as lower-case names.</summary>
/// <typeparam name="T">The enum; its members are single words.</typeparam>
internal sealed class LowerCaseEnumConverter<T>() : ExactEnumConverter<T>(JsonNamingPolicy.CamelCase)
    where T : struct, Enum;

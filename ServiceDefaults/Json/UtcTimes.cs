using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zweizeiler.ServiceDefaults.Json;

/// <summary>
/// Writes every time in UTC with a <c>Z</c>, as the API's description shows them; reads any offset and makes UTC of it, which is all that the database
/// takes. Both to the microsecond: the database keeps no more, and the first answer must equal every later one.
/// </summary>
internal sealed class UtcTimes : JsonConverter<DateTimeOffset>
{
    // Without an offset a time would be read in the zone of whatever machine reads it.
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && HasOffset(reader.GetString()!)
            ? Whole(reader.GetDateTimeOffset())
            : throw new JsonException("Expected a time with its offset.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Whole(value).UtcDateTime);

    private static DateTimeOffset Whole(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    private static bool HasOffset(string text) => text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
}

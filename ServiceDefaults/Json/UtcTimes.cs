using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zweizeiler.ServiceDefaults.Json;

/// <summary>Writes every time in UTC with a <c>Z</c>, as the API's description shows them; reads any offset.</summary>
internal sealed class UtcTimes : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);
}

using System.Globalization;

namespace Aspire.Hosting.Telemetry;

/// <summary>A step of a trace.</summary>
internal sealed record Span(
    string TraceId, string SpanId, string? ParentSpanId, string Service, string? Instance, string Name, string Kind, DateTimeOffset Start, double DurationMs,
    bool Failed, IReadOnlyDictionary<string, string> Attributes);

/// <summary>Decodes OTLP's ExportTraceServiceRequest.</summary>
/// <seealso href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto"/>
internal static class SpanDecoder
{
    private const long NanosecondsPerTick = 100;

    private static readonly string[] Kinds = ["unspecified", "internal", "server", "client", "producer", "consumer"];

    public static List<Span> Decode(ReadOnlySpan<byte> request)
    {
        var spans = new List<Span>();
        var reader = new ProtobufReader(request);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                ReadResourceSpans(reader.Bytes, spans);
            }
        }

        return spans;
    }

    private static void ReadResourceSpans(ReadOnlySpan<byte> message, List<Span> spans)
    {
        var resource = new Dictionary<string, string>(StringComparer.Ordinal);
        var first = new ProtobufReader(message);
        while (first.Next())
        {
            if (first.Field == 1)
            {
                ReadAttributes(first.Bytes, field: 1, resource);
            }
        }

        var second = new ProtobufReader(message);
        while (second.Next())
        {
            if (second.Field != 2)
            {
                continue;
            }

            var scope = new ProtobufReader(second.Bytes);
            while (scope.Next())
            {
                if (scope.Field == 2)
                {
                    spans.Add(ReadSpan(scope.Bytes, resource));
                }
            }
        }
    }

    private static Span ReadSpan(ReadOnlySpan<byte> message, Dictionary<string, string> resource)
    {
        string trace = "", id = "", name = "", kind = Kinds[0];
        string? parent = null;
        ulong start = 0, end = 0;
        var failed = false;
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: trace = Convert.ToHexStringLower(reader.Bytes); break;
                case 2: id = Convert.ToHexStringLower(reader.Bytes); break;
                case 4: parent = reader.Bytes.IsEmpty ? null : Convert.ToHexStringLower(reader.Bytes); break;
                case 5: name = reader.Text; break;
                case 6: kind = Kinds[Math.Min((int)reader.Number, Kinds.Length - 1)]; break;
                case 7: start = reader.Number; break;
                case 8: end = reader.Number; break;
                case 15: failed = ReadFailed(reader.Bytes); break;
            }
        }

        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        ReadAttributes(message, field: 9, attributes);
        return new Span(
            trace, id, parent, resource.GetValueOrDefault("service.name", "unknown"), resource.GetValueOrDefault("service.instance.id"), name, kind,
            DateTimeOffset.UnixEpoch.AddTicks((long)start / NanosecondsPerTick), end > start ? (end - start) / 1e6 : 0, failed, attributes);
    }

    private static bool ReadFailed(ReadOnlySpan<byte> status)
    {
        var reader = new ProtobufReader(status);
        while (reader.Next())
        {
            if (reader.Field == 3)
            {
                return reader.Number == 2;
            }
        }

        return false;
    }

    private static void ReadAttributes(ReadOnlySpan<byte> message, int field, Dictionary<string, string> attributes)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field != field)
            {
                continue;
            }

            var key = "";
            var pair = new ProtobufReader(reader.Bytes);
            while (pair.Next())
            {
                if (pair.Field == 1)
                {
                    key = pair.Text;
                }
                else if (pair.Field == 2 && ReadValue(pair.Bytes) is { } value)
                {
                    attributes[key] = value;
                }
            }
        }
    }

    private static string? ReadValue(ReadOnlySpan<byte> any)
    {
        var reader = new ProtobufReader(any);
        return !reader.Next() ? null : reader.Field switch
        {
            1 => reader.Text,
            2 => reader.Number != 0 ? "true" : "false",
            3 => ((long)reader.Number).ToString(CultureInfo.InvariantCulture),
            4 => reader.Double.ToString(CultureInfo.InvariantCulture),
            _ => null, // Lists and maps: nothing that a reader of the tree needs.
        };
    }
}

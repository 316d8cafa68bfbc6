using System.Globalization;
using System.Text;

namespace Aspire.Hosting.Telemetry;

/// <summary>A trace as a text for people: who called whom, when, and for how long.</summary>
internal static class TraceTree
{
    private const int NameWidth = 72;

    public static string Of(IReadOnlyList<Span> trace)
    {
        var known = trace.Select(span => span.SpanId).ToHashSet(StringComparer.Ordinal);
        var children = trace.ToLookup(span => span.ParentSpanId is { } parent && known.Contains(parent) ? parent : "");
        var begin = trace.Min(span => span.Start);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"trace {trace[0].TraceId}, {trace.Count} spans, {string.Join(" -> ", trace.Select(s => s.Service).Distinct())}");
        foreach (var root in children[""])
        {
            Append(root, 0);
        }

        return text.ToString();

        void Append(Span span, int depth)
        {
            var name = $"{new string(' ', depth * 2)}{span.Service}: {span.Name} ({span.Kind}){(span.Failed ? " FAILED" : "")}";
            text.AppendLine(CultureInfo.InvariantCulture, $"  {name.PadRight(NameWidth)} +{(span.Start - begin).TotalMilliseconds,9:0.0} ms {span.DurationMs,9:0.0} ms");
            foreach (var child in children[span.SpanId])
            {
                Append(child, depth + 1);
            }
        }
    }
}

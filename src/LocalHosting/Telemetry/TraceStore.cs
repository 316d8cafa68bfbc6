namespace Aspire.Hosting.Telemetry;

/// <summary>The latest traces, in memory. The oldest make room: a job has some hundred spans of about a kilobyte, so that it is spans that are counted.</summary>
internal sealed class TraceStore(int maximumTraces = 5_000, int maximumSpansPerTrace = 1_000, int maximumSpans = 100_000)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Span>> _traces = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private int _spans;

    public void Add(IReadOnlyList<Span> spans)
    {
        lock (_lock)
        {
            foreach (var span in spans)
            {
                if (IsPoll(span))
                {
                    continue;
                }

                if (!_traces.TryGetValue(span.TraceId, out var trace))
                {
                    _traces[span.TraceId] = trace = [];
                    _order.Enqueue(span.TraceId);
                }

                if (trace.Count < maximumSpansPerTrace)
                {
                    trace.Add(span);
                    _spans++;
                }

                // The newest stays, however large.
                while (_order.Count > maximumTraces || (_spans > maximumSpans && _order.Count > 1))
                {
                    _traces.Remove(_order.Dequeue(), out var oldest);
                    _spans -= oldest?.Count ?? 0;
                }
            }
        }
    }

    /// <summary>A query that nothing asked for: background services look for due rows every few moments, which would soon fill the store.</summary>
    private static bool IsPoll(Span span) => span is { ParentSpanId: null, Kind: "client" } && span.Attributes.Keys.Any(key => key.StartsWith("db.", StringComparison.Ordinal));

    /// <summary>The trace's steps by time; null when it is not (or no longer) there.</summary>
    public IReadOnlyList<Span>? Find(string traceId)
    {
        lock (_lock)
        {
            return _traces.TryGetValue(traceId.ToLowerInvariant(), out var trace) ? [.. trace.OrderBy(span => span.Start)] : null;
        }
    }

    /// <summary>The newest first; only those that went through <paramref name="service"/>, if one is named.</summary>
    public IReadOnlyList<TraceSummary> Latest(int count, string? service)
    {
        lock (_lock)
        {
            return [.. _order.Reverse().Select(id => _traces[id])
                .Where(trace => service is null || trace.Exists(span => span.Service == service)).Take(count).Select(TraceSummary.Of)];
        }
    }
}

internal sealed record TraceSummary(string TraceId, string Name, DateTimeOffset Start, double DurationMs, int Spans, bool Failed, IReadOnlyList<string> Services)
{
    public static TraceSummary Of(IReadOnlyList<Span> trace)
    {
        var first = trace.MinBy(span => span.Start)!;
        var end = trace.Max(span => span.Start.AddMilliseconds(span.DurationMs));
        return new TraceSummary(
            first.TraceId, $"{first.Service}: {first.Name}", first.Start, (end - first.Start).TotalMilliseconds, trace.Count, trace.Any(span => span.Failed),
            [.. trace.OrderBy(span => span.Start).Select(span => span.Service).Distinct()]);
    }
}

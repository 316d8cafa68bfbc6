using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Zweizeiler.Portal;

/// <summary>An open page: when which offer came to it.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<string, long> _came = new();
    private readonly Task _reading;
    private long _last;

    public OpenPage(HttpResponseMessage answer)
    {
        _answer = answer.EnsureSuccessStatusCode();
        _reading = ReadAsync();
    }

    /// <summary>Nothing has come for a while.</summary>
    public bool IsQuiet => Stopwatch.GetElapsedTime(Interlocked.Read(ref _last)) > TimeSpan.FromSeconds(2);

    /// <summary>How long each of these jobs that came to this page took; an offer can be here before the broker has confirmed the funding.</summary>
    public IEnumerable<TimeSpan> Seen(IReadOnlyDictionary<string, long> funded)
    {
        foreach (var (job, at) in funded)
        {
            if (_came.TryGetValue(job, out var came))
            {
                yield return Stopwatch.GetElapsedTime(at, came);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _answer.Dispose();
        await _reading;
        _closing.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            using var lines = new StreamReader(await _answer.Content.ReadAsStreamAsync(_closing.Token));
            var type = "";
            while (await lines.ReadLineAsync(_closing.Token) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal))
                {
                    type = line["event: ".Length..];
                }
                else if (type == "offer" && line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    var now = Stopwatch.GetTimestamp();
                    using var data = JsonDocument.Parse(line.AsMemory("data: ".Length));
                    Interlocked.Exchange(ref _last, now);
                    _came.TryAdd(data.RootElement.GetProperty("job").GetString()!, now);
                }
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The measurement is over.
        }
    }
}

using System.Collections.Concurrent;
using System.Text.Json;

namespace Zweizeiler.Webhooks;

/// <summary>A receiver on this machine that answers 204 at once, counts, and knows how old each event was when it came.</summary>
internal sealed class Receiver(TimeProvider time) : IAsyncDisposable
{
    private readonly WebApplication _app = Build();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public ConcurrentQueue<TimeSpan> Ages { get; } = new();

    /// <summary>Whether bodies are read for their age, which costs time.</summary>
    public bool Reads { get; set; }

    /// <summary>The only type of event that counts, where bodies are read.</summary>
    public string? Only { get; set; }

    public string Url => _app.Urls.First();

    public async Task StartAsync()
    {
        _app.MapPost("/hang", http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        _app.MapPost("/{**rest}", ReceiveAsync);
        await _app.StartAsync();
    }

    public void Reset()
    {
        Interlocked.Exchange(ref _count, 0);
        Ages.Clear();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    private async Task ReceiveAsync(HttpContext http)
    {
        var now = time.GetUtcNow();
        if (Reads)
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            if (Only is null || body.RootElement.GetProperty("type").GetString() == Only)
            {
                Ages.Enqueue(now - body.RootElement.GetProperty("timestamp").GetDateTimeOffset());
                Interlocked.Increment(ref _count);
            }
        }
        else
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            Interlocked.Increment(ref _count);
        }

        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}

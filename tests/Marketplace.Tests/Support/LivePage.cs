using System.Text.Json;
using System.Threading.Channels;

namespace Zweizeiler.Marketplace.Tests.Support;

/// <summary>An open page: it hears the stream from the moment that it is open.</summary>
public sealed class LivePage : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new(TimeSpan.FromSeconds(40));
    private readonly Channel<(string Event, string Data)> _events = Channel.CreateUnbounded<(string, string)>();
    private HttpResponseMessage? _response;
    private Task _reading = Task.CompletedTask;

    public List<string> Seen { get; } = [];

    public static async Task<LivePage> OpenAsync(Visitor visitor, string? since = null)
    {
        var page = new LivePage();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/portal/live?since={since}");
        request.Headers.Add("Accept", "text/event-stream");
        page._response = await visitor.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, page._closing.Token);
        page._response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        page._reading = page.ReadAsync();
        return page;
    }

    public async Task<JsonElement> NextAsync(string type, string? job)
    {
        await foreach (var (name, data) in _events.Reader.ReadAllAsync(_closing.Token))
        {
            Seen.Add(data);
            if (name == type && (job is null || data.Contains(job, StringComparison.Ordinal)))
            {
                return JsonDocument.Parse(data).RootElement.Clone();
            }
        }

        throw new InvalidOperationException("The stream has ended.");
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _response?.Dispose();
        await _reading.ContinueWith(_ => { }, TaskScheduler.Default);
        _closing.Dispose();
    }

    private async Task ReadAsync()
    {
        using var lines = new StreamReader(await _response!.Content.ReadAsStreamAsync(_closing.Token));
        var name = "";
        while (await lines.ReadLineAsync(_closing.Token) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line["event: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                _events.Writer.TryWrite((name, line["data: ".Length..]));
            }
        }

        _events.Writer.TryComplete();
    }
}

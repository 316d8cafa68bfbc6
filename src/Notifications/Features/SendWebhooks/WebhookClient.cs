using System.Buffers;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Zweizeiler.Notifications.Features.SendWebhooks;

/// <summary>Where to send, and what to sign with; two secrets while one replaces the other.</summary>
public sealed record WebhookTarget(Uri Url, IReadOnlyList<byte[]> Secrets);

/// <summary>What came of sending one webhook.</summary>
/// <param name="Succeeded">Whether the answer was 2xx.</param>
/// <param name="Status">HTTP status, if there was an answer.</param>
/// <param name="Failure">Kind of failure.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Body">How the answer begins.</param>
/// <param name="RetryAfter">How long the receiver asks to wait.</param>
public sealed record WebhookOutcome(
    bool Succeeded, int? Status, string? Failure, TimeSpan Duration, string? Body = null, TimeSpan? RetryAfter = null);

/// <summary>Sends one webhook, once. Whether and when again is the caller's business, so the general resilience of HTTP clients is not used.</summary>
public sealed class WebhookClient(AddressGuard guard, TimeProvider time) : IDisposable
{
    private const int BodyKept = 1024;

    /// <summary>The specification's advice: long enough for a slow shop, short enough not to hold the queue.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = guard.ConnectAsync,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        // An address that was judged a while ago is judged again.
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        MaxResponseHeadersLength = 16,
        // Of an answer nobody reads more than its beginning.
        MaxResponseDrainSize = 16 * 1024,
        ResponseDrainTimeout = TimeSpan.FromMilliseconds(100),
        // Endpoints learn nothing of our traces, and our traces and metrics nothing of their addresses.
        ActivityHeadersPropagator = null,
        MeterFactory = new SilentMeters(),
    })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    public async Task<WebhookOutcome> SendAsync(WebhookTarget target, string id, byte[] body, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, target.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.TryAddWithoutValidation("User-Agent", "Zweizeiler-Webhooks/1");
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", string.Join(' ', target.Secrets.Select(s => WebhookSignature.Sign(s, id, now, body))));

        var started = time.GetTimestamp();
        using var limit = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var said = await ReadBeginningAsync(response, either.Token, cancellationToken);
            return new WebhookOutcome(
                response.IsSuccessStatusCode, (int)response.StatusCode, response.IsSuccessStatusCode ? null : "status", time.GetElapsedTime(started), said,
                response.Headers.RetryAfter is { } after ? after.Delta ?? (after.Date - now) : null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Either limit: the whole attempt's, or the handler's own for connecting, which cancels too.
            return new WebhookOutcome(false, null, "timeout", time.GetElapsedTime(started));
        }
        catch (HttpRequestException e)
        {
            return new WebhookOutcome(
                false, null, e.InnerException is AddressRefusedException ? "address_refused" : "connection", time.GetElapsedTime(started));
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The first kilobyte, for the merchant's own log. The status has been said; whatever happens to the rest changes nothing.</summary>
    private static async Task<string?> ReadBeginningAsync(HttpResponseMessage response, CancellationToken limit, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength == 0)
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BodyKept);
        var read = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(limit);
            while (read < BodyKept && await stream.ReadAsync(buffer.AsMemory(read, BodyKept - read), limit) is > 0 and var more)
            {
                read += more;
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // It broke off, or never ends: what came is kept.
        }

        // Not UTF-8, or cut within a letter: the replacement character. PostgreSQL keeps no U+0000.
        var text = Encoding.UTF8.GetString(buffer, 0, read).Replace("\0", "", StringComparison.Ordinal);
        ArrayPool<byte>.Shared.Return(buffer);
        return text.Length == 0 ? null : text;
    }

    /// <summary>The handler's own metrics name the host; under this name nobody collects them.</summary>
    private sealed class SilentMeters : IMeterFactory
    {
        private readonly Meter _meter = new("Silent");

        public Meter Create(MeterOptions options) => _meter;

        public void Dispose() => _meter.Dispose();
    }
}

using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.ListEvents;
using Zweizeiler.Notifications.Features.WebhookEndpoints;

namespace Zweizeiler.Notifications.Features.SendWebhooks;

/// <summary>What came of sending one webhook.</summary>
public sealed record WebhookOutcome(bool Succeeded, int? Status, string? Failure, TimeSpan Duration);

/// <summary>Sends one webhook, once. Whether and when again is the caller's business, so the general resilience of HTTP clients is not used.</summary>
public sealed class WebhookClient(WebhookSecrets secrets, AddressGuard guard, TimeProvider time) : IDisposable
{
    /// <summary>The specification's advice: long enough for a slow shop, short enough not to hold the queue.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
        // Endpoints learn nothing of our traces, and our traces and metrics nothing of their addresses.
        ActivityHeadersPropagator = null,
        MeterFactory = new SilentMeters(),
    })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    public async Task<WebhookOutcome> SendAsync(WebhookEndpoint endpoint, JobEvent told, CancellationToken cancellationToken)
    {
        var view = EventView.Of(told);
        var body = JsonSerializer.SerializeToUtf8Bytes(new { view.Type, view.Timestamp, view.Data }, Json);
        var now = time.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.UserAgent.ParseAdd("Zweizeiler-Webhooks/1");
        request.Headers.Add("webhook-id", view.Id);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(secrets.Open(endpoint), view.Id, now, body));

        var started = time.GetTimestamp();
        using var limit = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // The answer's body is of no interest, and may be endless.
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return new WebhookOutcome(
                response.IsSuccessStatusCode, (int)response.StatusCode, response.IsSuccessStatusCode ? null : "status", time.GetElapsedTime(started));
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

    /// <summary>The handler's own metrics name the host; under this name nobody collects them.</summary>
    private sealed class SilentMeters : IMeterFactory
    {
        private readonly Meter _meter = new("Silent");

        public Meter Create(MeterOptions options) => _meter;

        public void Dispose() => _meter.Dispose();
    }
}

using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Zweizeiler.Client;
using Zweizeiler.FaultInjection.Oracle;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.FaultInjection.Traffic;

internal enum Manner
{
    Answers,

    /// <summary>Takes the request and says nothing until the sender has gone.</summary>
    Hangs,

    /// <summary>Answers 500.</summary>
    Fails,

    /// <summary>Begins a 200 and breaks the connection.</summary>
    Drops,
}

/// <summary>The merchant's endpoint on this machine: keeps what it has accepted, in order of arrival, and behaves as badly as it is told to.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Heard> _heard = new();
    private volatile WebhookVerifier? _verifier;
    private volatile Manner _manner;
    private int _refused;

    private WebhookReceiver(WebApplication app) => _app = app;

    public Uri Address => new(new Uri(_app.Urls.Single()), "/webhooks");

    public Manner Manner
    {
        get => _manner;
        set => _manner = value;
    }

    /// <summary>Webhooks that nobody had signed.</summary>
    public int Refused => _refused;

    public IReadOnlyList<Heard> Heard => [.. _heard];

    public static async Task<WebhookReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.MapPost("/webhooks", receiver.TakeAsync);
        await app.StartAsync(cancellationToken);
        return receiver;
    }

    public void Trust(string secret) => _verifier = new WebhookVerifier(secret);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var manner = _manner;
        if (manner == Manner.Hangs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        if (manner == Manner.Fails || _verifier is not { } verifier)
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        try
        {
            var headers = http.Request.Headers;
            var message = verifier.Verify(
                headers[WebhookVerifier.IdHeader], headers[WebhookVerifier.TimestampHeader], headers[WebhookVerifier.SignatureHeader], body.ToArray());
            if (message.Job is { } job && PublicId.TryParse("job", job.Id, out var id))
            {
                _heard.Enqueue(new Heard(message.Id, id, job.Sequence, message.Type));
            }

            if (manner == Manner.Drops)
            {
                http.Response.ContentLength = 100;
                await http.Response.StartAsync(http.RequestAborted);
                http.Abort();
                return;
            }

            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (WebhookVerificationException)
        {
            Interlocked.Increment(ref _refused);
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }
}

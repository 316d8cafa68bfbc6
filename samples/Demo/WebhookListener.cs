using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Zweizeiler.Client;

namespace Zweizeiler.Demo;

/// <summary>The merchant's own endpoint, on this machine: takes webhooks, verifies each, and keeps them in the order of arrival.</summary>
public sealed class WebhookListener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<WebhookMessage> _messages = new();
    private volatile WebhookVerifier? _verifier;
    private int _refused;

    private WebhookListener(WebApplication app) => _app = app;

    /// <summary>Where webhooks are to be sent.</summary>
    public Uri Address => new(new Uri(_app.Urls.Single()), "/webhooks");

    /// <summary>Called for each verified message, in order of arrival.</summary>
    public Action<WebhookMessage>? Arrived { get; set; }

    /// <summary>How many messages could not be verified.</summary>
    public int Refused => _refused;

    public static async Task<WebhookListener> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var listener = new WebhookListener(app);
        app.MapPost("/webhooks", listener.TakeAsync);
        await app.StartAsync(cancellationToken);
        return listener;
    }

    /// <summary>From now on, messages signed with this secret are taken; until then all are asked to come again.</summary>
    public void Trust(string secret) => _verifier = new WebhookVerifier(secret);

    /// <summary>The verified messages about a job so far, in order of arrival.</summary>
    public IReadOnlyList<WebhookMessage> Of(string jobId) => [.. _messages.Where(m => m.Job?.Id == jobId)];

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        if (_verifier is not { } verifier)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        try
        {
            var message = verifier.Verify(
                request.Headers[WebhookVerifier.IdHeader],
                request.Headers[WebhookVerifier.TimestampHeader],
                request.Headers[WebhookVerifier.SignatureHeader],
                body.ToArray());
            // A webhook may come twice (our answer got lost); the id tells.
            if (_messages.All(m => m.Id != message.Id))
            {
                _messages.Enqueue(message);
                Arrived?.Invoke(message);
            }

            return Results.NoContent();
        }
        catch (WebhookVerificationException)
        {
            Interlocked.Increment(ref _refused);
            return Results.BadRequest();
        }
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Zweizeiler.Client;

namespace Zweizeiler.Demo;

/// <summary>An address on this machine to which webhooks can be sent. Each is verified; what becomes of it is for whoever derives from this.</summary>
public abstract class VerifyingEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;
    private volatile WebhookVerifier? _verifier;
    private int _refused;

    protected VerifyingEndpoint()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/webhooks", http => TakeAsync(http));
    }

    /// <summary>Where webhooks are to be sent.</summary>
    public Uri Address => new(new Uri(_app.Urls.Single()), "/webhooks");

    /// <summary>How many messages could not be verified.</summary>
    public int Refused => _refused;

    /// <summary>From now on, messages signed with this secret are taken; until then all are asked to come again.</summary>
    public void Trust(string secret) => _verifier = new WebhookVerifier(secret);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected Task BeginAsync(CancellationToken cancellationToken) => _app.StartAsync(cancellationToken);

    /// <summary>A request came; the base verifies it.</summary>
    protected virtual async Task TakeAsync(HttpContext http)
    {
        if (_verifier is not { } verifier)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        WebhookMessage message;
        try
        {
            var headers = http.Request.Headers;
            message = verifier.Verify(
                headers[WebhookVerifier.IdHeader], headers[WebhookVerifier.TimestampHeader], headers[WebhookVerifier.SignatureHeader], body.ToArray());
        }
        catch (WebhookVerificationException)
        {
            Interlocked.Increment(ref _refused);
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        http.Response.StatusCode = StatusCodes.Status204NoContent;
        await KeepAsync(message, http);
    }

    /// <summary>A genuine message came. It is answered by 204 unless this says otherwise.</summary>
    protected abstract Task KeepAsync(WebhookMessage message, HttpContext http);
}

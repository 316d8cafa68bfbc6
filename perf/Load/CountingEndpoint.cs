using Microsoft.AspNetCore.Http;
using Zweizeiler.Client;
using Zweizeiler.Demo;

namespace Zweizeiler.Load;

/// <summary>The merchant's own endpoint, which verifies each webhook and only counts them.</summary>
internal sealed class CountingEndpoint : VerifyingEndpoint
{
    private int _count;

    private CountingEndpoint()
    {
    }

    public int Count => _count;

    public static async Task<CountingEndpoint> StartAsync(CancellationToken cancellationToken)
    {
        var endpoint = new CountingEndpoint();
        await endpoint.BeginAsync(cancellationToken);
        return endpoint;
    }

    protected override Task KeepAsync(WebhookMessage message, HttpContext http)
    {
        Interlocked.Increment(ref _count);
        return Task.CompletedTask;
    }
}

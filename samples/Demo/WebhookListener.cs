using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Zweizeiler.Client;

namespace Zweizeiler.Demo;

/// <summary>The merchant's own endpoint, on this machine: takes webhooks, verifies each, and keeps them in the order of arrival.</summary>
public sealed class WebhookListener : VerifyingEndpoint
{
    private readonly ConcurrentQueue<WebhookMessage> _messages = new();

    private WebhookListener()
    {
    }

    /// <summary>Called for each verified message, in order of arrival.</summary>
    public Action<WebhookMessage>? Arrived { get; set; }

    public static async Task<WebhookListener> StartAsync(CancellationToken cancellationToken)
    {
        var listener = new WebhookListener();
        await listener.BeginAsync(cancellationToken);
        return listener;
    }

    /// <summary>The verified messages about a job so far, in order of arrival.</summary>
    public IReadOnlyList<WebhookMessage> Of(string jobId) => [.. _messages.Where(m => m.Job?.Id == jobId)];

    protected override Task KeepAsync(WebhookMessage message, HttpContext http)
    {
        // A webhook may come twice (our answer got lost); the id tells.
        if (_messages.All(m => m.Id != message.Id))
        {
            _messages.Enqueue(message);
            Arrived?.Invoke(message);
        }

        return Task.CompletedTask;
    }
}

using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Zweizeiler.Client;
using Zweizeiler.Demo;
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
internal sealed class WebhookReceiver : VerifyingEndpoint
{
    private readonly ConcurrentQueue<Heard> _heard = new();
    private volatile Manner _manner;

    private WebhookReceiver()
    {
    }

    public Manner Manner
    {
        get => _manner;
        set => _manner = value;
    }

    public IReadOnlyList<Heard> Heard => [.. _heard];

    public static async Task<WebhookReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var receiver = new WebhookReceiver();
        await receiver.BeginAsync(cancellationToken);
        return receiver;
    }

    protected override async Task TakeAsync(HttpContext http)
    {
        switch (_manner)
        {
            case Manner.Hangs:
                await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case Manner.Fails:
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
                break;
            default:
                await base.TakeAsync(http);
                break;
        }
    }

    protected override async Task KeepAsync(WebhookMessage message, HttpContext http)
    {
        if (message.Job is { } job && PublicId.TryParse("job", job.Id, out var id))
        {
            _heard.Enqueue(new Heard(message.Id, id, job.Sequence, message.Type));
        }

        if (_manner == Manner.Drops)
        {
            http.Response.StatusCode = StatusCodes.Status200OK;
            http.Response.ContentLength = 100;
            await http.Response.StartAsync(http.RequestAborted);
            http.Abort();
        }
    }
}

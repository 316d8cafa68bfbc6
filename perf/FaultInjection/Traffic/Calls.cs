using System.Net;
using System.Text.Json;
using Zweizeiler.Client;
using Zweizeiler.FaultInjection.Oracle;

namespace Zweizeiler.FaultInjection.Traffic;

/// <summary>The merchant's calls, one attempt at a time, and repeated with the same key until there is an answer.</summary>
internal sealed class Calls : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly HttpClient _http;
    private readonly Journal _journal;

    public Calls(Uri gateway, string key, Journal journal)
    {
        _journal = journal;
        _http = new HttpClient { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(10) };
        Client = new ZweizeilerClient(_http, key, new ZweizeilerClientOptions { MaxRetries = 0 });
    }

    public ZweizeilerClient Client { get; }

    /// <summary>One attempt.</summary>
    public async Task<(Outcome Outcome, T? Answer)> TryAsync<T>(Func<ZweizeilerClient, Task<T>> call, CancellationToken cancellationToken)
    {
        var (outcome, answer) = (Outcome.Unknown, default(T));
        try
        {
            answer = await call(Client);
            outcome = Outcome.Acknowledged;
        }
        catch (ApiException e)
        {
            outcome = SaysNo(e) ? Outcome.Refused : Outcome.Unknown;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The connection was lost, or nothing came in time: nobody knows what was done.
        }

        _journal.Count(outcome);
        return (outcome, answer);
    }

    /// <summary>The same call with the same key, as often as it takes.</summary>
    public async Task<(Outcome Outcome, T? Answer)> SettleAsync<T>(Func<ZweizeilerClient, Task<T>> call, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (outcome, answer) = await TryAsync(call, cancellationToken);
            if (outcome != Outcome.Unknown || TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                return (outcome, answer);
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        _http.Dispose();
    }

    /// <summary>The same key is still being worked on, there is too much to do, or the fault is the server's: that is no answer.</summary>
    private static bool SaysNo(ApiException e) => (int)e.Status is >= 400 and < 500
        && e.Status is not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
        && !e.Code.StartsWith("idempotency.", StringComparison.Ordinal);
}

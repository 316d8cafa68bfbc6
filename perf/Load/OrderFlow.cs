using System.Collections.Concurrent;
using System.Text;
using Zweizeiler.Demo;

namespace Zweizeiler.Load;

/// <summary>Places the same orders over and over, each with a key of its own, on connections side by side.</summary>
/// <param name="details">The running stack.</param>
/// <param name="bodies">What is ordered, in the words of the client.</param>
internal sealed class OrderFlow(StackDetails details, IReadOnlyList<byte[]> bodies)
{
    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly List<(byte[] Head, byte[] Tail)> _requests = [.. bodies.Select(body => Wire.Post(details.Gateway, "/v1/jobs", details.Keys.Test, body))];

    private ConcurrentBag<TimeSpan> _times = [];
    private int _failed;

    /// <summary>How long the orders took that were taken since the last look, and how many were not.</summary>
    public (Percentiles Times, int Failed) Take() => (new Percentiles(Interlocked.Exchange(ref _times, [])), Interlocked.Exchange(ref _failed, 0));

    /// <param name="clients">Connections.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="pace">Orders a second of all together; without it each goes on as soon as it is answered. With it, a time counts from when the order was due.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task RunAsync(int clients, TimeSpan duration, double? pace, CancellationToken cancellationToken)
    {
        var start = Time.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async n =>
        {
            using var wire = await Wire.OpenAsync(details.Gateway, cancellationToken);
            for (var sent = 0L; Time.GetElapsedTime(start) < duration; sent++)
            {
                var (head, tail) = _requests[(int)((n + sent) % _requests.Count)];
                byte[] request = [.. head, .. Encoding.ASCII.GetBytes(Guid.CreateVersion7(Time.GetUtcNow()).ToString()), .. tail];
                var begin = Time.GetTimestamp();
                if (pace is { } perSecond)
                {
                    begin = start + (long)(Time.TimestampFrequency * (n + (clients * sent)) / perSecond);
                    if (Time.GetElapsedTime(Time.GetTimestamp(), begin) is { Ticks: > 0 } early)
                    {
                        await Task.Delay(early, Time, cancellationToken);
                    }
                }

                if (await wire.SendAsync(request, cancellationToken) == 201)
                {
                    _times.Add(Time.GetElapsedTime(begin));
                }
                else
                {
                    Interlocked.Increment(ref _failed);
                }
            }
        }));
    }
}

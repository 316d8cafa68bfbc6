using System.Text;
using Zweizeiler.Demo;

namespace Zweizeiler.Load;

/// <summary>Places the same orders over and over, each with a key of its own, on connections side by side.</summary>
/// <param name="details">The running stack.</param>
/// <param name="key">The merchant's.</param>
/// <param name="bodies">What is ordered, in the words of the client.</param>
internal sealed class OrderFlow(StackDetails details, string key, IReadOnlyList<byte[]> bodies)
{
    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly List<(byte[] Head, byte[] Tail)> _requests = [.. bodies.Select(body => Wire.Post(details.Gateway, "/v1/jobs", key, body))];

    public Answers Answers { get; } = new();

    /// <param name="clients">Connections.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="perSecond">Orders a second of all together; without it each goes on as soon as it is answered. With it, a time counts from when the order was due.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task RunAsync(int clients, TimeSpan duration, double? perSecond, CancellationToken cancellationToken)
    {
        var start = Time.GetTimestamp();
        return RunAsync(clients, _ => Time.GetElapsedTime(start) < duration, perSecond, cancellationToken);
    }

    /// <param name="clients">Connections.</param>
    /// <param name="orders">How many, of all together.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task PlaceAsync(int clients, int orders, CancellationToken cancellationToken) =>
        RunAsync(clients, order => order < orders, null, cancellationToken);

    private async Task RunAsync(int clients, Func<long, bool> goesOn, double? perSecond, CancellationToken cancellationToken)
    {
        var pace = perSecond is { } even ? new Pace(even) : null;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async n =>
        {
            using var wire = await Wire.OpenAsync(details.Gateway, cancellationToken);
            for (var sent = 0L; goesOn(n + (clients * sent)); sent++)
            {
                var (head, tail) = _requests[(int)((n + sent) % _requests.Count)];
                byte[] request = [.. head, .. Encoding.ASCII.GetBytes(Guid.CreateVersion7(Time.GetUtcNow()).ToString()), .. tail];
                var begin = pace is null ? Time.GetTimestamp() : await pace.DueAsync(n + (clients * sent), cancellationToken);
                if (await wire.SendAsync(request, cancellationToken) == 201)
                {
                    Answers.Taken(Time.GetElapsedTime(begin));
                }
                else
                {
                    Answers.Failed();
                }
            }
        }));
    }
}

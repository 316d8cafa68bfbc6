using Npgsql;
using Zweizeiler.Demo;

namespace Zweizeiler.FaultInjection.Faults;

/// <summary>Which fault comes when: the seed shuffles all of them, and again when all have been, with a pause of one to four seconds after each.</summary>
internal sealed class Schedule(int seed, IReadOnlyList<Fault> faults, IReadOnlyList<string> first, Action<string> say)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, int> _done = new(StringComparer.Ordinal);

    /// <summary>How often each fault was done.</summary>
    public IReadOnlyDictionary<string, int> Done => _done;

    public async Task RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var deck = new Queue<Fault>(faults.Where(f => first.Any(f.Name.Contains)));
        while (TimeProvider.System.GetElapsedTime(started) < duration)
        {
            if (deck.Count == 0)
            {
                var shuffled = faults.ToArray();
                _random.Shuffle(shuffled);
                deck = new Queue<Fault>(shuffled);
            }

            var fault = deck.Dequeue();
            say($"{fault.Name}: {await TryAsync(fault, cancellationToken)}");
            _done[fault.Name] = _done.GetValueOrDefault(fault.Name) + 1;
            await Task.Delay(TimeSpan.FromSeconds(1 + (3 * _random.NextDouble())), cancellationToken);
        }
    }

    private async Task<string> TryAsync(Fault fault, CancellationToken cancellationToken)
    {
        try
        {
            return await fault.DoAsync(_random, cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException or DemoException or HttpRequestException)
        {
            // The harness stumbled over a fault of its own; what it does to the stack is judged at the end.
            return $"not done ({e.GetType().Name}: {e.Message})";
        }
    }
}

using Npgsql;
using Zweizeiler.Demo;

namespace Zweizeiler.FaultInjection.Faults;

/// <summary>Which fault comes when: first those that are wanted first, then all of them as the seed shuffles them, and again when all have been.</summary>
internal sealed class Deck(Random random, IReadOnlyList<Fault> faults, IReadOnlyList<string> first)
{
    private Queue<Fault> _rest = new(first.SelectMany(words => faults.Where(f => f.Name.Contains(words, StringComparison.Ordinal))).Distinct());

    public Fault Next()
    {
        if (_rest.Count == 0)
        {
            var shuffled = faults.ToArray();
            random.Shuffle(shuffled);
            _rest = new Queue<Fault>(shuffled);
        }

        return _rest.Dequeue();
    }
}

/// <summary>Does one fault after the other, with a pause of one to four seconds after each.</summary>
internal sealed class Schedule(Random random, Deck deck, Action<string> say)
{
    private readonly Dictionary<string, int> _done = new(StringComparer.Ordinal);

    /// <summary>How often each fault was done.</summary>
    public IReadOnlyDictionary<string, int> Done => _done;

    public async Task RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < duration)
        {
            var fault = deck.Next();
            say($"{fault.Name}: {await TryAsync(fault, cancellationToken)}");
            _done[fault.Name] = _done.GetValueOrDefault(fault.Name) + 1;
            await Task.Delay(TimeSpan.FromSeconds(1 + (3 * random.NextDouble())), cancellationToken);
        }
    }

    private async Task<string> TryAsync(Fault fault, CancellationToken cancellationToken)
    {
        try
        {
            return await fault.DoAsync(random, cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException or DemoException or HttpRequestException)
        {
            // The harness stumbled over a fault of its own; what it does to the stack is judged at the end.
            return $"not done ({e.GetType().Name}: {e.Message})";
        }
    }
}

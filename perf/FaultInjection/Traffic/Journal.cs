using System.Collections.Concurrent;
using Zweizeiler.FaultInjection.Oracle;

namespace Zweizeiler.FaultInjection.Traffic;

/// <summary>What was asked for, and what was said to it: the harness's own memory, which no fault reaches.</summary>
internal sealed class Journal
{
    private readonly ConcurrentDictionary<string, PlacedOrder> _orders = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Deed> _deeds = new();
    private int _attempts;
    private int _unknown;

    /// <summary>Calls that got no usable answer, of all; each was repeated.</summary>
    public (int Unknown, int All) Attempts => (_unknown, _attempts);

    public IReadOnlyList<PlacedOrder> Orders => [.. _orders.Values];

    public IReadOnlyList<Deed> Deeds => [.. _deeds];

    public void Asked(string key, IReadOnlyList<string> references) => _orders[key] = new PlacedOrder(key, references, Outcome.Unknown, []);

    public void Answered(string key, IReadOnlyList<Guid> jobs) => _orders.AddOrUpdate(
        key,
        _ => throw new InvalidOperationException("Answered before it was asked."),
        (_, order) => order with { Outcome = Outcome.Acknowledged, Answers = [.. order.Answers, jobs] });

    public void Refused(string key) => _orders.AddOrUpdate(
        key,
        _ => throw new InvalidOperationException("Refused before it was asked."),
        (_, order) => order.Outcome == Outcome.Acknowledged ? order : order with { Outcome = Outcome.Refused });

    public void Done(Deed deed) => _deeds.Enqueue(deed);

    public void Count(Outcome outcome)
    {
        Interlocked.Increment(ref _attempts);
        if (outcome == Outcome.Unknown)
        {
            Interlocked.Increment(ref _unknown);
        }
    }
}

using System.Collections.Concurrent;

namespace Zweizeiler.FaultInjection.Traffic;

internal enum Phase
{
    Open,

    /// <summary>Nothing new is ordered; what was begun is finished.</summary>
    Closing,

    Closed,
}

/// <summary>What merchants and translators of the run have in common: how far it is, and how much is under way.</summary>
internal sealed class Market(int mostUnderWay)
{
    private readonly ConcurrentDictionary<string, bool> _underWay = new(StringComparer.Ordinal);
    private volatile Phase _phase = Phase.Open;

    public Phase Phase
    {
        get => _phase;
        set => _phase = value;
    }

    /// <summary>Two processors do so much; what is beyond only waits.</summary>
    public bool WantsOrders => _underWay.Count < mostUnderWay;

    public void Placed(IEnumerable<string> jobs)
    {
        foreach (var job in jobs)
        {
            _underWay[job] = true;
        }
    }

    public void Delivered(string job) => _underWay.TryRemove(job, out _);

    /// <summary>Cancelled ones are never delivered; what is known to be unfinished is set from time to time.</summary>
    public void Unfinished(IEnumerable<string> jobs)
    {
        var there = jobs.ToHashSet(StringComparer.Ordinal);
        foreach (var job in _underWay.Keys.Where(j => !there.Contains(j)))
        {
            _underWay.TryRemove(job, out _);
        }
    }
}

using System.Collections.Concurrent;

namespace Zweizeiler.Load;

/// <summary>How long orders took, and how many were not taken, since somebody last looked.</summary>
internal sealed class Answers
{
    private ConcurrentBag<TimeSpan> _times = [];
    private int _failed;

    public void Taken(TimeSpan time) => _times.Add(time);

    public void Failed() => Interlocked.Increment(ref _failed);

    public (Percentiles Times, int Failed) Take() => (new Percentiles(Interlocked.Exchange(ref _times, [])), Interlocked.Exchange(ref _failed, 0));
}

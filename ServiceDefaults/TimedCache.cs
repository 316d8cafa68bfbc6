using System.Collections.Concurrent;

namespace Zweizeiler.ServiceDefaults;

/// <summary>
/// Keeps what is asked for all the time for a short while. Many who ask at once for the same wait for one load; a failed load is not kept.
/// </summary>
/// <param name="lifetime">How stale an answer may be.</param>
/// <param name="time">The clock.</param>
/// <param name="capacity">When more keys are kept, all are let go: simpler than an order of use, and rare.</param>
public sealed class TimedCache<TKey, TValue>(TimeSpan lifetime, TimeProvider time, int capacity = 10_000)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();

    /// <param name="key">What is asked for.</param>
    /// <param name="load">Loads it; runs under no caller's cancellation, because others wait for the same load.</param>
    /// <param name="cancellationToken">Ends this caller's waiting.</param>
    public async ValueTask<TValue> GetAsync(TKey key, Func<TKey, Task<TValue>> load, CancellationToken cancellationToken = default)
    {
        var now = time.GetTimestamp();
        if (!_entries.TryGetValue(key, out var entry) || time.GetElapsedTime(entry.LoadedAt, now) >= lifetime)
        {
            if (_entries.Count >= capacity)
            {
                _entries.Clear();
            }

            var fresh = new Entry(now, new Lazy<Task<TValue>>(() => load(key)));
            entry = _entries.AddOrUpdate(key, fresh, (_, current) => ReferenceEquals(current, entry) ? fresh : current);
        }

        var loading = entry.Value.Value;
        if (loading.IsCompletedSuccessfully)
        {
            return loading.Result;
        }

        try
        {
            return await loading.WaitAsync(cancellationToken);
        }
        catch when (loading.IsFaulted || loading.IsCanceled)
        {
            _entries.TryRemove(new KeyValuePair<TKey, Entry>(key, entry));
            throw;
        }
    }

    /// <summary>Whether something loaded within the lifetime is kept for the key.</summary>
    public bool Contains(TKey key) => _entries.TryGetValue(key, out var entry) && time.GetElapsedTime(entry.LoadedAt) < lifetime;

    public void Remove(TKey key) => _entries.TryRemove(key, out _);

    public void Clear() => _entries.Clear();

    private sealed record Entry(long LoadedAt, Lazy<Task<TValue>> Value);
}

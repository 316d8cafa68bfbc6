using System.Globalization;
using System.Threading.RateLimiting;

namespace Zweizeiler.Gateway.Limits;

/// <summary>Settings of a token bucket.</summary>
public sealed record BucketOptions
{
    /// <summary>Requests a second that are sustained.</summary>
    public double PerSecond { get; init; }

    /// <summary>Requests at once, after a pause.</summary>
    public int Burst { get; init; }
}

/// <summary>
/// A token bucket for each partition, and how it shows in the answers: fields <c>RateLimit-Policy</c> and <c>RateLimit</c> as in
/// draft-ietf-httpapi-ratelimit-headers-10. A bucket that has been full for ten seconds is let go, so memory follows those who are busy.
/// </summary>
internal sealed class Quota<TPartition> : IDisposable
    where TPartition : notnull
{
    private readonly PartitionedRateLimiter<TPartition> _buckets;
    private readonly int _burst;
    private readonly string _policyField;
    private readonly string _name;

    public Quota(string name, BucketOptions options)
    {
        if (options is not { PerSecond: > 0 and <= 1_000_000, Burst: > 0 })
        {
            throw new InvalidOperationException($"The rate limit by {name} needs PerSecond above 0 and Burst of at least 1.");
        }

        _name = name;
        _burst = options.Burst;
        SecondsToNext = Math.Max(1, (int)Math.Ceiling(1 / options.PerSecond));
        // The bucket, said as a window: so many requests are permitted in the time that fills it.
        var window = Math.Max(1, (long)Math.Ceiling(options.Burst / options.PerSecond));
        _policyField = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={options.Burst};w={window}");
        // All buckets are refilled ten times a second; a refill in smaller steps would only be rounded.
        var tokens = Math.Max(1, (int)(options.PerSecond / 10));
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Burst,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromSeconds(tokens / options.PerSecond),
            QueueLimit = 0,
            AutoReplenishment = false,
        };
        _buckets = PartitionedRateLimiter.Create<TPartition, TPartition>(who => RateLimitPartition.GetTokenBucketLimiter(who, _ => bucket));
    }

    /// <summary>Seconds until there is something to take again.</summary>
    public int SecondsToNext { get; }

    public string Name => _name;

    public bool TryTake(TPartition who)
    {
        using var lease = _buckets.AttemptAcquire(who);
        return lease.IsAcquired;
    }

    /// <summary>A whole one: asking for none would be granted as soon as the smallest part of one is there.</summary>
    public bool HasAny(TPartition who) => Remaining(who) > 0;

    public void Describe(TPartition who, IHeaderDictionary headers)
    {
        headers["RateLimit-Policy"] = _policyField;
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{_name}\";r={Remaining(who)};t={SecondsToNext}");
    }

    public void Dispose() => _buckets.Dispose();

    private long Remaining(TPartition who) => Math.Clamp(_buckets.GetStatistics(who)?.CurrentAvailablePermits ?? _burst, 0, _burst);
}

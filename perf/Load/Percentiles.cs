using System.Globalization;

namespace Zweizeiler.Load;

/// <summary>What a set of measured times says.</summary>
public sealed class Percentiles(IEnumerable<TimeSpan> times)
{
    private readonly TimeSpan[] _sorted = [.. times.Order()];

    public int Count => _sorted.Length;

    /// <param name="share">0 to 1; the nearest rank, so that it is always a time that was measured.</param>
    public TimeSpan At(double share) => _sorted.Length == 0
        ? TimeSpan.Zero
        : _sorted[Math.Clamp((int)Math.Ceiling(share * _sorted.Length) - 1, 0, _sorted.Length - 1)];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"p50 {At(0.5).TotalMilliseconds:0} ms, p90 {At(0.9).TotalMilliseconds:0} ms, p99 {At(0.99).TotalMilliseconds:0} ms, longest {At(1).TotalMilliseconds:0} ms ({Count})");
}

namespace Zweizeiler.Marketplace.Tests.Support;

/// <summary>The real clock, moved: timers tick as ever, and what is due in twenty minutes can be due now.</summary>
public sealed class ShiftedTime : TimeProvider
{
    private long _shift;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _shift));

    public void Advance(TimeSpan span) => Interlocked.Add(ref _shift, span.Ticks);
}

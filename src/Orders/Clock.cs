namespace Zweizeiler.Orders;

internal static class Clock
{
    /// <summary>Now, to the microsecond: the database keeps no more, and the first answer must equal every later one.</summary>
    public static DateTimeOffset Now(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}

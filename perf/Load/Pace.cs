namespace Zweizeiler.Load;

/// <summary>An even pace that does not wait for answers: whatever is due is counted from when it was due, however late it is begun.</summary>
internal sealed class Pace(double perSecond)
{
    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly long _start = Time.GetTimestamp();

    /// <summary>Waits until the <paramref name="n"/>th is due; the timestamp of that.</summary>
    public async Task<long> DueAsync(long n, CancellationToken cancellationToken)
    {
        var due = _start + (long)(Time.TimestampFrequency * n / perSecond);
        if (Time.GetElapsedTime(Time.GetTimestamp(), due) is { Ticks: > 0 } early)
        {
            await Task.Delay(early, Time, cancellationToken);
        }

        return due;
    }
}

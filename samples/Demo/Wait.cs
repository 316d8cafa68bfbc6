namespace Zweizeiler.Demo;

/// <summary>Asks again and again, until what is waited for is there or the deadline has passed.</summary>
public static class Wait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <param name="what">What is waited for, as the subject of "… did not happen within 10 s".</param>
    /// <param name="deadline">How long.</param>
    /// <param name="ask">Null: not yet.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="pause">From one question to the next; without it 50 ms.</param>
    /// <exception cref="DemoException">The deadline has passed.</exception>
    public static async Task<T> ForAsync<T>(string what, TimeSpan deadline, Func<CancellationToken, Task<T?>> ask, CancellationToken cancellationToken, TimeSpan? pause = null)
        where T : class
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        while (true)
        {
            if (await ask(cancellationToken) is { } found)
            {
                return found;
            }

            if (time.GetElapsedTime(start) > deadline)
            {
                throw new DemoException($"{what} did not happen within {deadline.TotalSeconds:0} s.");
            }

            await Task.Delay(pause ?? Pause, cancellationToken);
        }
    }
}

using System.Diagnostics;
using Xunit;

namespace Zweizeiler.Testing;

/// <summary>
/// Waits for something to become true, with a deadline. The one place in the tests where time is waited for; everything else is a condition.
/// </summary>
public static class Eventually
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not within <paramref name="deadline"/>.</exception>
    public static Task Within(TimeSpan deadline, Func<bool> condition, string? what = null) =>
        Within(deadline, () => Task.FromResult(condition()), what);

    /// <inheritdoc cref="Within(TimeSpan, Func{bool}, string?)"/>
    public static async Task Within(TimeSpan deadline, Func<Task<bool>> condition, string? what = null)
    {
        if (!await Poll(deadline, condition))
            throw new TimeoutException($"{what ?? "The condition"} did not come true within {deadline.TotalSeconds:0.#} s.");
    }

    /// <summary>Waits until the probe finds something and returns it.</summary>
    /// <exception cref="TimeoutException">It found nothing within <paramref name="deadline"/>.</exception>
    public static async Task<T> Found<T>(TimeSpan deadline, Func<Task<T?>> probe, string? what = null)
        where T : class
    {
        T? found = null;
        if (!await Poll(deadline, async () => (found = await probe()) is not null))
            throw new TimeoutException($"{what ?? typeof(T).Name} was not found within {deadline.TotalSeconds:0.#} s.");
        return found!;
    }

    /// <summary>Waits until the assertions pass. What they said last is thrown when they did not within <paramref name="deadline"/>.</summary>
    public static async Task Passes(TimeSpan deadline, Func<Task> assertions)
    {
        Exception? last = null;
        var passed = await Poll(deadline, async () =>
        {
            try
            {
                await assertions();
                return true;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                last = e;
                return false;
            }
        });
        if (!passed)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(last!);
    }

    // The condition is asked once more after the deadline, so a machine that was busy elsewhere does not fail a test by itself.
    private static async Task<bool> Poll(TimeSpan deadline, Func<Task<bool>> condition)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var clock = Stopwatch.StartNew();
        for (var pause = FirstPause; clock.Elapsed < deadline; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await condition())
                return true;
            await Task.Delay(pause, cancelled);
        }
        return await condition();
    }
}

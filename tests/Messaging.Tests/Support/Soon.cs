using System.Diagnostics;

namespace Zweizeiler.Messaging.Tests.Support;

internal static class Soon
{
    /// <summary>Asks until the answer is as hoped; fails with the last answer when the time is over.</summary>
    public static Task ShouldBecome<T>(Func<Task<T>> actual, T expected, int seconds = 20) =>
        Eventually.Passes(TimeSpan.FromSeconds(seconds), async () => (await actual()).ShouldBe(expected));

    /// <summary>Asks for a while whether something that must not happen happens.</summary>
    public static async Task ShouldStay<T>(Func<Task<T>> actual, T expected, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        await Eventually.Within(time + TimeSpan.FromSeconds(5), async () =>
        {
            (await actual()).ShouldBe(expected);
            return Stopwatch.GetElapsedTime(started) >= time;
        });
    }
}

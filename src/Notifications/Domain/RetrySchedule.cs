namespace Zweizeiler.Notifications.Domain;

/// <summary>When to try again after the first, second, … failure; after the last one nobody tries any more.</summary>
public sealed record RetrySchedule(params IReadOnlyList<TimeSpan> Delays)
{
    /// <summary>Ten attempts over a little more than three days, as the Standard Webhooks specification advises: an endpoint may be down over a weekend.</summary>
    public static readonly RetrySchedule Webhooks = new(
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24));

    public static readonly RetrySchedule Mails = new(
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24));

    /// <summary>No receiver can hold an event back for longer than this.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(24);

    /// <param name="failures">How many attempts have failed, from 1.</param>
    /// <param name="jitter">0 to 1; up to a tenth is taken off, so that what failed together does not come back together.</param>
    /// <param name="asked">How long the receiver asked to wait (<c>Retry-After</c>); it is not called before that.</param>
    public TimeSpan? After(int failures, double jitter, TimeSpan? asked = null)
    {
        if (failures > Delays.Count)
        {
            return null;
        }

        var delay = Delays[failures - 1] * (1 - (0.1 * jitter));
        return asked > delay ? (asked < LongestAsked ? asked : LongestAsked) : delay;
    }
}

namespace Zweizeiler.Notifications.Domain;

/// <summary>When to try again after the first, second, … failure; after the last one nobody tries any more.</summary>
public sealed record RetrySchedule(params IReadOnlyList<TimeSpan> Delays)
{
    /// <summary>Twelve attempts over a little less than three days: an endpoint may be down over a weekend.</summary>
    public static readonly RetrySchedule Webhooks = new(
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24), TimeSpan.FromHours(24));

    public static readonly RetrySchedule Mails = new(
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24));

    /// <param name="failures">How many attempts have failed, from 1.</param>
    /// <param name="jitter">0 to 1; up to a tenth is taken off, so that what failed together does not come back together.</param>
    public TimeSpan? After(int failures, double jitter) =>
        failures <= Delays.Count ? Delays[failures - 1] * (1 - (0.1 * jitter)) : null;
}

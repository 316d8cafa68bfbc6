namespace Zweizeiler.Orders.Domain;

/// <summary>How long a job takes, from how long jobs of its sort took.</summary>
/// <param name="Median">Half of them are delivered by then.</param>
/// <param name="NinetyPercent">Nine of ten are delivered by then; this is what is promised.</param>
/// <param name="Samples">How many deliveries it rests on.</param>
public sealed record DeliveryForecast(TimeSpan Median, TimeSpan NinetyPercent, int Samples)
{
    /// <summary>With fewer deliveries than this, what the price list promises is mixed in; with none, it is all there is.</summary>
    public const int EnoughSamples = 20;

    /// <summary>Whatever is usual: reading, writing and checking two lines takes its time.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(15);

    /// <param name="samples">How long deliveries took, in any order.</param>
    /// <param name="longest">What the price list promises: never exceeded, and the start value.</param>
    public static DeliveryForecast Of(IReadOnlyCollection<TimeSpan> samples, TimeSpan longest)
    {
        if (samples.Count == 0)
        {
            return new DeliveryForecast(longest, longest, 0);
        }

        var sorted = samples.Order().ToArray();
        var ninety = Promise(sorted[NearestRank(sorted.Length)]);
        var median = Promise((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2);
        return new DeliveryForecast(median, ninety, sorted.Length);

        TimeSpan Promise(TimeSpan seen)
        {
            var weight = Math.Min(sorted.Length, EnoughSamples) / (double)EnoughSamples;
            var mixed = WholeMinutes((weight * seen) + ((1 - weight) * longest));
            var notTooSoon = mixed < Shortest ? Shortest : mixed;
            return notTooSoon < longest ? notTooSoon : longest;
        }
    }

    // The smallest sample that at least nine of ten do not exceed: a real delivery, not a value between two.
    private static int NearestRank(int count) => ((count * 9) + 9) / 10 - 1;

    private static TimeSpan WholeMinutes(TimeSpan time) => TimeSpan.FromMinutes(Math.Ceiling(Math.Round(time.TotalMinutes, 6)));
}

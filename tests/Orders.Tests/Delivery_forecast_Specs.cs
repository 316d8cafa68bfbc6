using Zweizeiler.Orders.Domain;

namespace Zweizeiler.Orders.Tests;

public class Delivery_forecast_Specs
{
    private const int Longest = 240;

    public static TheoryData<string, string, int, int> Table() => new()
    {
        // which deliveries (minutes × times), what, median, nine of ten
        { "", "nothing is known: the price list's promise", 240, 240 },
        { "40×20", "enough is known", 40, 40 },
        { "40×200", "more changes nothing", 40, 40 },
        { "40×10", "half is known: half of each", 140, 140 },
        { "40×1", "one in twenty", 230, 230 },
        { "20×18 100×2", "two of twenty are the one of ten that may be late", 20, 20 },
        { "20×17 100×3", "three of twenty are too many", 20, 100 },
        { "10×10 50×10", "the median is between the two in the middle", 30, 50 },
        { "1×20", "nothing is promised sooner than a quarter of an hour", 15, 15 },
        { "500×20", "nothing is promised later than the price list does", 240, 240 },
        { "30.2×20", "whole minutes, upwards", 31, 31 },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void It_tells_median_and_spread(string deliveries, string why, int median, int ninety)
    {
        var samples = Read(deliveries);
        var forecast = DeliveryForecast.Of(samples, TimeSpan.FromMinutes(Longest));
        (forecast.Median.TotalMinutes, forecast.NinetyPercent.TotalMinutes, forecast.Samples).ShouldBe((median, ninety, samples.Length), why);
    }

    [Fact]
    public void Where_the_price_list_promises_less_than_the_shortest_time_the_price_list_holds() =>
        DeliveryForecast.Of(Read("60×20"), TimeSpan.FromMinutes(5)).NinetyPercent.ShouldBe(TimeSpan.FromMinutes(5));

    /// <summary>What holds for all deliveries, tried on many.</summary>
    [Fact]
    public void It_keeps_its_bounds_its_order_and_its_direction()
    {
        // The same ones in every run.
        var random = new Random(20261125);
        for (var run = 0; run < 2_000; run++)
        {
            var longest = TimeSpan.FromSeconds(random.Next(60, 40_000));
            var samples = Enumerable.Range(0, random.Next(0, 60)).Select(_ => TimeSpan.FromSeconds(random.Next(0, 60_000))).ToArray();
            var forecast = DeliveryForecast.Of(samples, longest);

            forecast.NinetyPercent.ShouldBeLessThanOrEqualTo(longest);
            forecast.NinetyPercent.ShouldBeGreaterThanOrEqualTo(longest < DeliveryForecast.Shortest ? longest : DeliveryForecast.Shortest);
            forecast.Median.ShouldBeLessThanOrEqualTo(forecast.NinetyPercent);
            forecast.Samples.ShouldBe(samples.Length);

            // The order in which they came says nothing.
            var shuffled = samples.ToArray();
            random.Shuffle(shuffled);
            DeliveryForecast.Of(shuffled, longest).ShouldBe(forecast);

            // Deliveries that take longer never make a promise sooner.
            var slower = samples.Select(s => random.Next(2) == 0 ? s : s + TimeSpan.FromMinutes(random.Next(0, 90))).ToArray();
            DeliveryForecast.Of(slower, longest).NinetyPercent.ShouldBeGreaterThanOrEqualTo(forecast.NinetyPercent);
            DeliveryForecast.Of(slower, longest).Median.ShouldBeGreaterThanOrEqualTo(forecast.Median);

            // What is promised on enough deliveries would have been kept by nine of ten of them.
            if (samples.Length >= DeliveryForecast.EnoughSamples && forecast.NinetyPercent < longest)
            {
                samples.Count(s => s <= forecast.NinetyPercent).ShouldBeGreaterThanOrEqualTo((int)Math.Ceiling(samples.Length * 0.9));
            }
        }
    }

    private static TimeSpan[] Read(string deliveries) =>
    [
        .. deliveries.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(d => d.Split('×'))
            .SelectMany(d => Enumerable.Repeat(TimeSpan.FromMinutes(double.Parse(d[0], System.Globalization.CultureInfo.InvariantCulture)), int.Parse(d[1], System.Globalization.CultureInfo.InvariantCulture))),
    ];
}

using System.Globalization;

namespace Zweizeiler.Orders.Domain;

/// <summary>How long it takes until a key may spend its limit anew.</summary>
public enum SpendingPeriod
{
    Day,
    Month,
    Total,
}

/// <summary>How much the jobs that a key places may cost in a period, tax included. Fixed when the key is made.</summary>
/// <remarks>
/// As text, <c>day 50000 EUR</c>, it is stored with the key and travels in the internal token, so that placing a job asks nobody whether there is a limit.
/// </remarks>
public sealed record SpendingLimit(SpendingPeriod Period, long Cents, string Currency)
{
    /// <summary>A thousand million: far from where sums of such amounts overflow.</summary>
    public const long MostCents = 100_000_000_000;

    private static readonly string[] Periods = ["day", "month", "total"];

    public static IReadOnlyList<string> AllPeriods => Periods;

    public string PeriodName => Periods[(int)Period];

    public static SpendingPeriod? PeriodOf(string? name) => Array.IndexOf(Periods, name) is >= 0 and var at ? (SpendingPeriod)at : null;

    public static SpendingLimit Parse(string text) =>
        text.Split(' ') is [var period, var cents, { Length: 3 } currency]
        && PeriodOf(period) is { } known
        && long.TryParse(cents, NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
            ? new SpendingLimit(known, amount, currency)
            : throw new FormatException("This is no spending limit.");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PeriodName} {Cents} {Currency}");
}

/// <summary>One day, one month or all time, as a limit counts it: by the merchant's clock.</summary>
/// <param name="Name"><c>2026-11-23</c>, <c>2026-11</c> or <c>total</c>.</param>
/// <param name="EndsAt">When the next one begins; never for all time.</param>
public sealed record SpendingWindow(string Name, DateTimeOffset? EndsAt)
{
    public static SpendingWindow At(SpendingPeriod period, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return period switch
        {
            SpendingPeriod.Day => new(today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), BeginningOf(today.AddDays(1), zone)),
            SpendingPeriod.Month => new(
                today.ToString("yyyy-MM", CultureInfo.InvariantCulture), BeginningOf(new DateOnly(today.Year, today.Month, 1).AddMonths(1), zone)),
            _ => new("total", null),
        };
    }

    private static DateTimeOffset BeginningOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        // Where clocks go forward at midnight, that day begins an hour later.
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(15);
        }

        // Where they go back at midnight there are two; the day begins with the first.
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }
}

/// <summary>What the jobs of a key come to in one window of its limit. One row, changed in place: never a sum over jobs.</summary>
public sealed class KeySpending
{
    public required Guid KeyId { get; init; }

    /// <summary>Name of the <see cref="SpendingWindow"/>.</summary>
    public required string SpentIn { get; init; }

    public required long Cents { get; init; }
}

using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Orders.Features.Eta;

/// <summary>When a job will be delivered, from how long others like it took at this hour. Kept for seconds, so that intake asks the database for nothing.</summary>
internal sealed class Promises(IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>Where the platform's day and night are.</summary>
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>The newest deliveries of a pair tell enough; more would only take longer to read.</summary>
    private const int NewestOfPair = 200;

    private readonly TimedCache<Hour, Dictionary<LanguagePair, TimeSpan[]>> _cache = new(TimeSpan.FromSeconds(10), time);

    public async ValueTask<DeliveryForecast> ForecastAsync(
        PriceList list, JobKind kind, LanguagePair pair, Urgency urgency, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await _cache.GetAsync(new Hour(kind, urgency, (short)now.UtcDateTime.Hour), LoadAsync, cancellationToken);
        var forecast = DeliveryForecast.Of(known.GetValueOrDefault(pair) ?? [], Latest(list, urgency, now) - now);
        if (urgency != Urgency.Express)
        {
            return forecast;
        }

        // Express is ordered less often, so less may be known of it; who pays for haste is never promised more time for that.
        var standard = await ForecastAsync(list, kind, pair, Urgency.Standard, now, cancellationToken);
        return forecast with { Median = Lesser(forecast.Median, standard.Median), NinetyPercent = Lesser(forecast.NinetyPercent, standard.NinetyPercent) };
    }

    /// <summary>What the price list promises.</summary>
    private static DateTimeOffset Latest(PriceList list, Urgency urgency, DateTimeOffset now)
    {
        var latest = list.DeliverBy(urgency, now, Zone);
        if (PriceList.IsAccepted(urgency, now, Zone))
        {
            return latest;
        }

        // A night job placed by day, by a quote of the night: who pays the surcharge does not wait longer than who does not.
        var standard = list.DeliverBy(Urgency.Standard, now, Zone);
        return latest < standard ? latest : standard;
    }

    private static TimeSpan Lesser(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private async Task<Dictionary<LanguagePair, TimeSpan[]>> LoadAsync(Hour asked)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (kind, urgency, since) = (asked.Kind.Name(), asked.Urgency.Name(), time.GetUtcNow() - DeliveryTime.Lifetime);
        var found = await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().Database.SqlQuery<Sample>($"""
            SELECT source, target, seconds
            FROM (
                SELECT source, target, seconds, row_number() OVER (PARTITION BY source, target ORDER BY delivered_at DESC) AS place
                FROM delivery_times
                WHERE kind = {kind} AND urgency = {urgency} AND hour = {asked.OfDay} AND delivered_at > {since}) AS newest
            WHERE place <= {NewestOfPair}
            """).ToListAsync();
        return found
            .GroupBy(s => LanguagePair.Of(s.Source, s.Target))
            .ToDictionary(pair => pair.Key, pair => pair.Select(s => TimeSpan.FromSeconds(s.Seconds)).ToArray());
    }

    private readonly record struct Hour(JobKind Kind, Urgency Urgency, short OfDay);

    private sealed record Sample(string Source, string Target, int Seconds);
}

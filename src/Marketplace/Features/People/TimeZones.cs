using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>The time zones to choose from, by part of the world.</summary>
public static class TimeZones
{
    private static readonly string[] Parts = ["Europe", "Africa", "America", "Asia", "Atlantic", "Australia", "Indian", "Pacific"];

    public static ILookup<string, string> Regions { get; } = TimeZoneInfo.GetSystemTimeZones()
        .Select(z => z.Id)
        .Where(id => id.Split('/') is [var part, _, ..] && Parts.Contains(part))
        .Order(StringComparer.Ordinal)
        .ToLookup(id => id.Split('/')[0])
        .OrderBy(r => Array.IndexOf(Parts, r.Key))
        .SelectMany(r => r, (r, id) => (r.Key, Id: id))
        .ToLookup(z => z.Key, z => z.Id);

    public static string Place(string id) => id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('_', ' ').Replace("/", " – ", StringComparison.Ordinal);

    /// <summary>Whether we and the database know a zone: one that it does not know would fail every offer that is asked about.</summary>
    public static async Task<bool> IsKnownAsync(MarketplaceDbContext db, string? id, CancellationToken cancellationToken) =>
        id is not null && Regions.Any(r => r.Contains(id))
        && await db.Database.SqlQuery<bool>($"""SELECT EXISTS (SELECT 1 FROM pg_timezone_names WHERE name = {id}) AS "Value" """).SingleAsync(cancellationToken);
}

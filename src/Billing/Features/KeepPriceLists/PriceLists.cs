using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Features.KeepPriceLists;

/// <summary>Billing's own copies of the price lists. An active version never changes, so it is read once.</summary>
public sealed class PriceLists
{
    private readonly ConcurrentDictionary<string, PriceList> _known = new(StringComparer.Ordinal);

    /// <summary>Null if there is no active list of this version.</summary>
    public async Task<PriceList?> FindAsync(BillingDbContext db, string version, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(version, out var known))
        {
            return known;
        }

        var document = await db.PriceLists.Where(p => p.Version == version && p.Status == PriceListStatus.Active)
            .Select(p => p.Document).SingleOrDefaultAsync(cancellationToken);
        return document is null ? null : _known.GetOrAdd(version, _ => PriceList.FromJson(document));
    }

    /// <summary>Puts the first list into an empty database.</summary>
    public static async Task SeedAsync(BillingDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await db.PriceLists.AnyAsync(cancellationToken))
        {
            db.PriceLists.Add(new StoredPriceList
            {
                Version = PriceList.Initial.Version,
                Document = PriceList.Initial.ToJson(),
                Status = PriceListStatus.Active,
                CreatedAt = now,
                ValidFrom = now,
                ActivatedAt = now,
            });
        }
    }
}

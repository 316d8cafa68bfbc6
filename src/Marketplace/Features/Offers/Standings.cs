using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Offers;

/// <summary>What a translator's place in the order of offers is counted from. Always after the job's row.</summary>
internal static class Standings
{
    /// <summary>She has taken a job: whoever has none comes first next time.</summary>
    public static Task ClaimedAsync(this MarketplaceDbContext db, Guid translatorId, DateTimeOffset now, CancellationToken cancellationToken) =>
        Of(db, translatorId).ExecuteUpdateAsync(s => s.SetProperty(x => x.Claims, x => x.Claims + 1).SetProperty(x => x.WaitsSince, now), cancellationToken);

    /// <summary>Handed back without a trace: it does not count as taken.</summary>
    public static Task UnclaimedAsync(this MarketplaceDbContext db, Guid translatorId, CancellationToken cancellationToken) =>
        Of(db, translatorId).ExecuteUpdateAsync(s => s.SetProperty(x => x.Claims, x => x.Claims - 1), cancellationToken);

    public static Task LapsedAsync(this MarketplaceDbContext db, Guid translatorId, CancellationToken cancellationToken) =>
        Of(db, translatorId).ExecuteUpdateAsync(s => s.SetProperty(x => x.Lapses, x => x.Lapses + 1), cancellationToken);

    public static Task RatedAsync(this MarketplaceDbContext db, Guid translatorId, int rating, CancellationToken cancellationToken) =>
        Of(db, translatorId).ExecuteUpdateAsync(
            s => s.SetProperty(x => x.Ratings, x => x.Ratings + 1).SetProperty(x => x.RatingSum, x => x.RatingSum + rating), cancellationToken);

    private static IQueryable<Standing> Of(MarketplaceDbContext db, Guid translatorId) => db.Standings.Where(s => s.TranslatorId == translatorId);
}

using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.SignIn;

/// <summary>Whether a translator takes jobs now; asked once a request.</summary>
public sealed class AvailabilityOf(MarketplaceDbContext db, TimeProvider time)
{
    private bool? _answer;

    public async Task<bool> AskAsync(Guid translatorId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return _answer ??= await db.Translators.AnyAsync(t => t.Id == translatorId && (t.IsAvailable || t.PausedUntil <= now), cancellationToken);
    }
}

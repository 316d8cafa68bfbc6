using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.SignIn;

/// <summary>Whether a translator takes jobs now; asked once a request.</summary>
public sealed class AvailabilityOf(MarketplaceDbContext db, TimeProvider time)
{
    private bool? _answer;

    public async Task<bool> AskAsync(Guid translatorId, CancellationToken cancellationToken) =>
        _answer ??= await db.Translators.Where(Translator.TakesJobsAt(time.GetUtcNow())).AnyAsync(t => t.Id == translatorId, cancellationToken);
}

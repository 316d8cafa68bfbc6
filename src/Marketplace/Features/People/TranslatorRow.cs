using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.People;

internal static class TranslatorRow
{
    /// <summary>Locks a translator's row until the end of the transaction: her version grows by one with each change, whoever changes it.</summary>
    public static Task<Translator?> LockTranslatorAsync(this MarketplaceDbContext db, Guid id, CancellationToken cancellationToken) =>
        db.Translators.FromSql($"SELECT * FROM translators WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(cancellationToken);
}

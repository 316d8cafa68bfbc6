using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.People;

internal static class TranslatorRow
{
    /// <summary>Locks a translator's row until the end of the transaction: her version grows by one with each change, whoever changes it.</summary>
    public static Task<Translator?> LockTranslatorAsync(this MarketplaceDbContext db, Guid id, CancellationToken cancellationToken) =>
        db.Translators.FromSql($"SELECT * FROM translators WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(cancellationToken);

    /// <summary>She takes jobs, or pauses, until a time or until she ends it. False if there is no such translator.</summary>
    public static async Task<bool> SetAvailableAsync(
        this MarketplaceDbContext db, Guid id, bool isAvailable, DateTimeOffset? pausedUntil, CancellationToken cancellationToken) =>
        await db.Translators.Where(t => t.Id == id).ExecuteUpdateAsync(
            t => t.SetProperty(x => x.IsAvailable, isAvailable).SetProperty(x => x.PausedUntil, pausedUntil), cancellationToken) == 1;

    /// <summary>The same by herself, at once; her open pages are told.</summary>
    public static async Task ChangeAvailabilityAsync(
        this MarketplaceDbContext db, Guid id, bool isAvailable, DateTimeOffset? pausedUntil, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.SetAvailableAsync(id, isAvailable, pausedUntil, cancellationToken);
        await LiveSignal.Person(id).SendAsync(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

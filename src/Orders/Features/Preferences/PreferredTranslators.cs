using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Given;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Orders.Features.Preferences;

/// <summary>What accepting with <c>preferTranslator</c> does to the preferences.</summary>
internal sealed class PreferredTranslators(OrdersDbContext db, Caller caller, KnownPreferences known)
{
    /// <summary>
    /// Adds a translator; whoever is preferred already stays where she is. In the caller's transaction, and in one statement, so that neither an edit of
    /// the preferences nor another acceptance gets in between and makes this one fail. Of more than are permitted the newest stay.
    /// </summary>
    public async Task AddAsync(Guid translator, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Guid[] alone = [translator];
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO merchant_preferences (merchant_id, mode, retention_days, preferred_translators, blocked_translators, glossaries, version, updated_at)
            VALUES ({caller.MerchantId}, {caller.Mode}, {MerchantPreferences.UsualRetention}, {alone}, ARRAY[]::uuid[], jsonb_build_object(), 1, {now})
            ON CONFLICT (merchant_id, mode) DO UPDATE SET
                preferred_translators = (array_append(merchant_preferences.preferred_translators, {translator}))
                    [cardinality(merchant_preferences.preferred_translators) + 2 - {MerchantPreferences.MostTranslators} :],
                blocked_translators = array_remove(merchant_preferences.blocked_translators, {translator}),
                version = merchant_preferences.version + 1,
                updated_at = {now}
            WHERE NOT merchant_preferences.preferred_translators @> {alone}
            """,
            cancellationToken);
        known.Forget(caller);
    }
}

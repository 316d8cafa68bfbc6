using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Features.PlaceJob;
using Zweizeiler.Orders.Features.Preferences;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Given;

/// <summary>Preferences as placing a job needs them.</summary>
internal sealed record Wishes(
    BriefItem? Brief, IReadOnlyList<Guid> Preferred, IReadOnlyList<Guid> Blocked, IReadOnlyDictionary<string, Guid> Glossaries)
{
    public static readonly Wishes None = new(null, [], [], new Dictionary<string, Guid>());
}

/// <summary>Preferences, kept for seconds as merchants are, so that intake asks the database for nothing.</summary>
internal sealed class KnownPreferences(IServiceScopeFactory scopes, Merchants merchants, TextVault vault, TimeProvider time)
{
    private readonly TimedCache<(Guid Merchant, string Mode), Wishes> _cache = new(TimeSpan.FromSeconds(5), time);

    public ValueTask<Wishes> GetAsync(Caller caller, CancellationToken cancellationToken) =>
        _cache.GetAsync((caller.MerchantId, caller.Mode), LoadAsync, cancellationToken);

    /// <summary>After a change, so that at least this replica knows it at once.</summary>
    public void Forget(Caller caller) => _cache.Remove((caller.MerchantId, caller.Mode));

    private async Task<Wishes> LoadAsync((Guid Merchant, string Mode) key)
    {
        await using var scope = scopes.CreateAsyncScope();
        // Loaded for whoever asks, not for one request: the tenant is named here.
        var found = await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().Preferences.IgnoreQueryFilters().AsNoTracking()
            .SingleOrDefaultAsync(p => p.MerchantId == key.Merchant && p.Mode == key.Mode);
        if (found is null)
        {
            return Wishes.None;
        }

        var merchant = await merchants.GetAsync(key.Merchant, CancellationToken.None);
        var brief = found.Brief is { } text ? vault.Open<DefaultBriefItem>(merchant.DataKey, merchant.Id, TextPurpose.DefaultBrief, text).ToBrief() : null;
        return new Wishes(brief, found.PreferredTranslators, found.BlockedTranslators, found.Glossaries);
    }
}

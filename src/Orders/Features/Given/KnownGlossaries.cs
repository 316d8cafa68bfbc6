using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Given;

/// <summary>A glossary, opened.</summary>
internal sealed record KnownGlossary(string Source, string Target, IReadOnlyList<GlossaryTerm> Terms);

/// <summary>Glossaries, kept for seconds: a bulk order opens each once and not once a job. Few, because they can be long.</summary>
internal sealed class KnownGlossaries(IServiceScopeFactory scopes, Merchants merchants, TextVault vault, TimeProvider time)
{
    private const int Capacity = 100;

    private readonly TimedCache<(Guid Merchant, string Mode, Guid Glossary), KnownGlossary?> _cache = new(TimeSpan.FromSeconds(5), time, Capacity);

    /// <summary>Null if the caller has no such glossary.</summary>
    public ValueTask<KnownGlossary?> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken) =>
        _cache.GetAsync((caller.MerchantId, caller.Mode, id), LoadAsync, cancellationToken);

    /// <summary>After a change, so that at least this replica knows it at once.</summary>
    public void Forget(Caller caller, Guid id) => _cache.Remove((caller.MerchantId, caller.Mode, id));

    private async Task<KnownGlossary?> LoadAsync((Guid Merchant, string Mode, Guid Glossary) key)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        // Loaded for whoever asks, not for one request: the tenant is named here.
        var found = await db.Glossaries.IgnoreQueryFilters().AsNoTracking()
            .Where(g => g.Id == key.Glossary && g.MerchantId == key.Merchant && g.Mode == key.Mode)
            .Join(db.GlossaryTerms, g => g.Id, t => t.GlossaryId, (glossary, terms) => new { glossary, terms.Content })
            .SingleOrDefaultAsync();
        if (found is null)
        {
            return null;
        }

        var merchant = await merchants.GetAsync(key.Merchant, CancellationToken.None);
        var opened = vault.Open<List<GlossaryTerm>>(merchant.DataKey, key.Glossary, TextPurpose.Glossary, found.Content);
        return new KnownGlossary(found.glossary.Source, found.glossary.Target, opened);
    }
}

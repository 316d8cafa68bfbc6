using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Orders.Features.Offers;

/// <summary>The price list in force, kept for seconds, and older ones, which never change.</summary>
internal sealed class PriceLists(IServiceScopeFactory scopes, TimeProvider time)
{
    private readonly TimedCache<string, PriceList> _active = new(TimeSpan.FromSeconds(5), time);
    private readonly TimedCache<string, PriceList> _versions = new(TimeSpan.FromHours(1), time);

    public ValueTask<PriceList> ActiveAsync(CancellationToken cancellationToken) => _active.GetAsync("active", LoadActiveAsync, cancellationToken);

    /// <summary>The list with which something was priced before.</summary>
    public ValueTask<PriceList> GetAsync(string version, CancellationToken cancellationToken) => _versions.GetAsync(version, LoadAsync, cancellationToken);

    private async Task<PriceList> LoadActiveAsync(string key)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = time.GetUtcNow();
        var stored = await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().PriceLists.AsNoTracking()
            .Where(p => p.ActiveFrom <= now)
            .OrderByDescending(p => p.ActiveFrom)
            .FirstAsync();
        return PriceList.FromJson(stored.Document);
    }

    private async Task<PriceList> LoadAsync(string version)
    {
        await using var scope = scopes.CreateAsyncScope();
        var stored = await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().PriceLists.AsNoTracking().SingleAsync(p => p.Version == version);
        return PriceList.FromJson(stored.Document);
    }
}

using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Orders.Features.Offers;

/// <summary>The price list in force, kept for seconds.</summary>
internal sealed class PriceLists(IServiceScopeFactory scopes, TimeProvider time)
{
    private readonly TimedCache<string, PriceList> _cache = new(TimeSpan.FromSeconds(5), time);

    public ValueTask<PriceList> ActiveAsync(CancellationToken cancellationToken) => _cache.GetAsync("active", LoadAsync, cancellationToken);

    private async Task<PriceList> LoadAsync(string key)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = time.GetUtcNow();
        var stored = await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().PriceLists.AsNoTracking()
            .Where(p => p.ActiveFrom <= now)
            .OrderByDescending(p => p.ActiveFrom)
            .FirstAsync();
        return PriceList.FromJson(stored.Document);
    }
}

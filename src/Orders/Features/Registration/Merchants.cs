using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Orders.Features.Registration;

/// <summary>Merchants as every request needs them: kept for seconds, so that intake asks the database for nothing.</summary>
internal sealed class Merchants(IServiceScopeFactory scopes, TimeProvider time)
{
    private readonly TimedCache<Guid, Merchant> _cache = new(TimeSpan.FromSeconds(5), time);

    public ValueTask<Merchant> GetAsync(Guid id, CancellationToken cancellationToken) => _cache.GetAsync(id, LoadAsync, cancellationToken);

    /// <summary>After a change, so that at least this replica knows it at once.</summary>
    public void Forget(Guid id) => _cache.Remove(id);

    private async Task<Merchant> LoadAsync(Guid id)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().Merchants.AsNoTracking().SingleAsync(m => m.Id == id);
    }
}

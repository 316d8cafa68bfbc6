using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Orders.Persistence;

/// <summary>Deletes quotes and delivery times that have served their time. Any replica may do it, several at once do no harm.</summary>
internal sealed class OldRows(IServiceScopeFactory scopes, TimeProvider time, ILogger<OldRows> logger)
    : Rounds(TimeSpan.FromHours(1), time, logger)
{
    private readonly TimeProvider _time = time;

    protected override Task RunRoundAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var now = _time.GetUtcNow();
        var quotes = now - Quote.Afterlife;
        var deliveries = now - DeliveryTime.Lifetime;
        return await db.Quotes.IgnoreQueryFilters().Where(q => q.ExpiresAt <= quotes).ExecuteDeleteAsync(cancellationToken)
            + await db.DeliveryTimes.Where(d => d.DeliveredAt <= deliveries).ExecuteDeleteAsync(cancellationToken);
    }
}

using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;

namespace Zweizeiler.Orders.Persistence;

/// <summary>Deletes quotes and delivery times that have served their time. Any replica may do it, several at once do no harm.</summary>
internal sealed partial class OldRows(IServiceScopeFactory scopes, TimeProvider time, ILogger<OldRows> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it was: a timer that fails must not take the service down with it.
                LogFailed(e.GetType().Name);
            }
        }
    }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var now = time.GetUtcNow();
        var quotes = now - Quote.Afterlife;
        var deliveries = now - DeliveryTime.Lifetime;
        return await db.Quotes.IgnoreQueryFilters().Where(q => q.ExpiresAt <= quotes).ExecuteDeleteAsync(cancellationToken)
            + await db.DeliveryTimes.Where(d => d.DeliveredAt <= deliveries).ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old rows could not be deleted now ({ExceptionType}); the next round will")]
    private partial void LogFailed(string exceptionType);
}

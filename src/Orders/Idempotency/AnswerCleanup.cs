using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Persistence;

namespace Zweizeiler.Orders.Idempotency;

/// <summary>Deletes answers whose time is over. Any replica may do it, several at once do no harm.</summary>
internal sealed partial class AnswerCleanup(IServiceScopeFactory scopes, TimeProvider time, ILogger<AnswerCleanup> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

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
        var now = time.GetUtcNow();
        return await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().Answers
            .IgnoreQueryFilters()
            .Where(a => a.ExpiresAt <= now)
            .ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Expired answers could not be deleted now ({ExceptionType}); the next round will")]
    private partial void LogFailed(string exceptionType);
}

namespace Zweizeiler.Marketplace.Features.Timers;

/// <summary>Works off timers when their time has come. Every replica runs it; the database sees to it that each is worked off once.</summary>
public sealed partial class DueTimers(IServiceScopeFactory scopes, TimeProvider time, ILogger<DueTimers> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await NextAsync(stoppingToken))
                {
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The rows are still there and the next tick tries again; a lost connection must not end the replica.
                LogPostponed(e.GetType().FullName, e.StackTrace);
            }
        }
    }

    private async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkOffTimer>().NextAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Timers could not be worked off, trying again: {ExceptionType} {StackTrace}")]
    private partial void LogPostponed(string? exceptionType, string? stackTrace);
}

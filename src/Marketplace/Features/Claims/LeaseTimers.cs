namespace Zweizeiler.Marketplace.Features.Claims;

/// <summary>Ends leases when their time has come. Every replica runs it; the database sees to it that each lease ends once.</summary>
public sealed partial class LeaseTimers(IServiceScopeFactory scopes, TimeProvider time, ILogger<LeaseTimers> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await ExpireNextAsync(stoppingToken))
                {
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The rows are still there and the next tick tries again; one bad row or a lost connection must not end the replica.
                LogPostponed(e.GetType().FullName, e.StackTrace);
            }
        }
    }

    private async Task<bool> ExpireNextAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ReleaseJob>().ExpireNextAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Ended leases could not be worked off, trying again: {ExceptionType} {StackTrace}")]
    private partial void LogPostponed(string? exceptionType, string? stackTrace);
}

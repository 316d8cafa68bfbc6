using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Zweizeiler.ServiceDefaults;

/// <summary>Work that is done again and again. Any replica may do it; a round that fails is made up for by the next one.</summary>
public abstract partial class Rounds(TimeSpan interval, TimeProvider time, ILogger logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunRoundAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it was: a timer that fails must not take the service down with it.
                LogFailed(GetType().Name, e.GetType().Name);
            }
        }
    }

    protected abstract Task RunRoundAsync(CancellationToken cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Timer} could not work off what is due now ({ExceptionType}); the next round will")]
    private partial void LogFailed(string timer, string exceptionType);
}

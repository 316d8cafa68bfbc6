using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Zweizeiler.Messaging.Relay;

/// <summary>Counts what waits, for the gauges, and removes inbox rows that no duplicate can need any more.</summary>
internal sealed partial class Housekeeping<TDbContext>(
    OutboxStore<TDbContext> store,
    MessagingTelemetry telemetry,
    IOptions<MessagingOptions> options,
    TimeProvider time,
    ILogger<Housekeeping<TDbContext>> logger) : BackgroundService
    where TDbContext : DbContext
{
    private const int Portion = 1000;
    private static readonly TimeSpan ObserveEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan CleanEvery = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var quiet = new Activity("messaging housekeeping").SetIdFormat(ActivityIdFormat.W3C).Start();
        using var timer = new PeriodicTimer(ObserveEvery, time);
        var untilCleaning = TimeSpan.FromMinutes(Random.Shared.NextDouble());
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                untilCleaning -= ObserveEvery;
                try
                {
                    telemetry.Observe(await store.ObserveAsync(stoppingToken).ConfigureAwait(false));
                    if (untilCleaning <= TimeSpan.Zero)
                    {
                        untilCleaning = CleanEvery;
                        var removed = await store.CleanInboxAsync(options.Value.InboxRetention, Portion, stoppingToken).ConfigureAwait(false);
                        LogCleaned(removed);
                    }
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    LogFailed(e.GetType().Name);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} rows left the inbox")]
    private partial void LogCleaned(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The messaging tables could not be looked after: {Error}")]
    private partial void LogFailed(string error);
}

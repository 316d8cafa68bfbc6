using System.Collections.Concurrent;
using Npgsql;
using Zweizeiler.Marketplace.Features.Jobs;

namespace Zweizeiler.Marketplace.Features.Live;

/// <summary>
/// This replica's one listening connection. What it hears is read from the database once and told to all pages of the replica; after a lost
/// connection they are told to look again, because nothing was heard meanwhile.
/// </summary>
public sealed partial class LiveListener(
    NpgsqlDataSource database, LiveHub hub, IServiceScopeFactory scopes, TimeProvider time, ILogger<LiveListener> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A dead connection that never says so is found out after this time at the latest.</summary>
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogLost(e.GetType().FullName, e.StackTrace);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var heard = new ConcurrentQueue<LiveSignal>();
        connection.Notification += (_, notification) =>
        {
            if (LiveSignal.Parse(notification.Payload) is { } signal)
            {
                heard.Enqueue(signal);
            }
        };
        await ExecuteAsync(connection, $"LISTEN {LiveSignal.Channel}", cancellationToken);
        hub.Tell(new LiveNews(Missed: true));
        LogListening();
        while (true)
        {
            if (!await connection.WaitAsync(Probe, cancellationToken))
            {
                await ExecuteAsync(connection, "SELECT 1", cancellationToken);
            }

            await TellAsync(heard, cancellationToken);
        }
    }

    private async Task TellAsync(ConcurrentQueue<LiveSignal> heard, CancellationToken cancellationToken)
    {
        var (jobs, people) = (new HashSet<Guid>(), new HashSet<Guid>());
        while (heard.TryDequeue(out var signal))
        {
            (signal.IsJob ? jobs : people).Add(signal.Id);
        }

        if (!hub.HasPages)
        {
            return;
        }

        foreach (var person in people)
        {
            hub.Tell(new LiveNews(Person: person));
        }

        if (jobs.Count > 0)
        {
            await using var scope = scopes.CreateAsyncScope();
            foreach (var news in await scope.ServiceProvider.GetRequiredService<OfferBoard>().NewsAsync(jobs, cancellationToken))
            {
                hub.Tell(new LiveNews(Job: news));
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Listening for live changes")]
    private partial void LogListening();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost the connection for live changes, trying again: {ExceptionType} {StackTrace}")]
    private partial void LogLost(string? exceptionType, string? stackTrace);
}

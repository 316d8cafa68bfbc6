using Microsoft.EntityFrameworkCore;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Persistence;

namespace Zweizeiler.Notifications.Workers;

/// <summary>
/// Works off rows with a due time. Any replica may run it: a row is leased with SKIP LOCKED, sent outside the transaction, and marked. Who dies in
/// between leaves a lease that runs out; the row is then sent again, which receivers recognise by its id.
/// </summary>
public abstract partial class DueWorker<TSending>(IServiceScopeFactory scopes, TimeProvider time, ILogger logger) : BackgroundService
    where TSending : Sending
{
    /// <summary>How many are sent side by side.</summary>
    private const int Slots = 32;

    /// <summary>How long nothing may be due before it is looked again.</summary>
    private static readonly TimeSpan IdleWait = TimeSpan.FromMilliseconds(250);

    /// <summary>After an error, for example while the database is away.</summary>
    private static readonly TimeSpan ErrorWait = TimeSpan.FromSeconds(2);

    /// <summary>Before what was sent is marked once more.</summary>
    private static readonly TimeSpan MarkWait = TimeSpan.FromMilliseconds(500);

    /// <summary>Longer than any attempt may take.</summary>
    protected static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new HashSet<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = IdleWait;
            try
            {
                foreach (var id in await TakeDueAsync(Slots - running.Count, stoppingToken))
                {
                    running.Add(SendGuardedAsync(id, stoppingToken));
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(typeof(TSending).Name, e.GetType().Name);
                wait = ErrorWait;
            }

            // Replicas that started together do not keep asking together. What ends makes room, and may have held the next of its job.
            var pause = Task.Delay(wait * (0.75 + (Random.Shared.NextDouble() / 2)), time, stoppingToken);
            await Task.WhenAny([pause, .. running]);
            running.RemoveWhere(task => task.IsCompleted);
        }

        await Task.WhenAll(running);
    }

    private async Task<List<Guid>> TakeDueAsync(int slots, CancellationToken cancellationToken)
    {
        if (slots <= 0)
        {
            return [];
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationsDbContext>();
        var now = time.GetUtcNow();
        return await db.Database.SqlQuery<Guid>(Take(now, now + Lease, slots)).ToListAsync(cancellationToken);
    }

    /// <summary>An UPDATE that leases what is due and returns the ids.</summary>
    protected abstract FormattableString Take(DateTimeOffset now, DateTimeOffset leaseUntil, int most);

    /// <summary>Sends one and marks what came of it; what is changed is saved at once.</summary>
    protected abstract Task SendAsync(NotificationsDbContext db, TSending sending, IServiceProvider services, CancellationToken cancellationToken);

    /// <summary>What goes wrong with one leaves its lease to run out and disturbs no other.</summary>
    private async Task SendGuardedAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            await SendOneAsync(id, cancellationToken);
        }
        catch (Exception e)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                LogFailed(typeof(TSending).Name, e.GetType().Name);
            }
        }
    }

    private async Task SendOneAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationsDbContext>();
        var sending = await db.Set<TSending>().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
        if (sending is null)
        {
            return;
        }

        await SendAsync(db, sending, scope.ServiceProvider, cancellationToken);
        await MarkAsync(db, id, sending.State == SendState.Sent);
    }

    /// <summary>
    /// Whoever is stopped now still marks what was sent, and so does he whose database is away for a moment, as long as nobody else may take it over:
    /// otherwise it would be sent again.
    /// </summary>
    private async Task MarkAsync(NotificationsDbContext db, Guid id, bool wasSent)
    {
        for (var began = time.GetTimestamp(); ;)
        {
            try
            {
                await db.SaveChangesAsync(CancellationToken.None);
                return;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Deleted while it was on its way, for example with its endpoint, or leased by another after this lease ran out: not ours to mark.
                LogGone(typeof(TSending).Name, id);
                return;
            }
            catch (Exception e) when (wasSent && time.GetElapsedTime(began) < Lease)
            {
                LogFailed(typeof(TSending).Name, e.GetType().Name);
                await Task.Delay(MarkWait, time, CancellationToken.None);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Working off {Kind} failed with {Error}; it goes on shortly")]
    private partial void LogFailed(string kind, string error);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Kind} {Id} was removed or taken over while it was sent")]
    private partial void LogGone(string kind, Guid id);
}

using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;

namespace Zweizeiler.Orders;

/// <summary>Does what is due to jobs whose time has come. Any replica takes what is due; what another one holds is passed over.</summary>
internal abstract partial class DueJobs(IServiceScopeFactory scopes, TimeProvider time, ILogger logger) : BackgroundService
{
    private const int BatchSize = 50;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    /// <summary>The query for the ids of what is due, the longest due first; it locks the rows with <c>FOR UPDATE SKIP LOCKED</c>.</summary>
    protected abstract FormattableString LockDue(DateTimeOffset now, int limit);

    /// <summary>Works off jobs whose rows are locked; nothing is to be saved here.</summary>
    protected abstract Task WorkOffAsync(IReadOnlyList<Job> due, IServiceProvider services, DateTimeOffset now, CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await RunAsync(stoppingToken) == BatchSize)
                {
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it was: a timer that fails must not take the service down with it.
                LogFailed(GetType().Name, e.GetType().Name);
            }
        }
    }

    /// <summary>Works off one batch; returns how many.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var now = time.Now();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var locked = await db.Database.SqlQuery<Guid>(LockDue(now, BatchSize)).ToListAsync(cancellationToken);
        if (locked.Count == 0)
        {
            return 0;
        }

        var due = await db.Jobs.IgnoreQueryFilters().Where(j => locked.Contains(j.Id)).ToListAsync(cancellationToken);
        await WorkOffAsync(due, scope.ServiceProvider, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return due.Count;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Timer} could not work off what is due now ({ExceptionType}); the next round will")]
    private partial void LogFailed(string timer, string exceptionType);
}

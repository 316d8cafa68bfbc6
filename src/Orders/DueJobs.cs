using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Orders;

/// <summary>Does what is due to jobs whose time has come. Any replica takes what is due; what another one holds is passed over.</summary>
internal abstract class DueJobs(IServiceScopeFactory scopes, TimeProvider time, ILogger logger)
    : Rounds(TimeSpan.FromSeconds(20), time, logger)
{
    private const int BatchSize = 50;

    private readonly TimeProvider _time = time;

    /// <summary>The query for the ids of what is due, the longest due first; it locks the rows with <c>FOR UPDATE SKIP LOCKED</c>.</summary>
    protected abstract FormattableString LockDue(DateTimeOffset now, int limit);

    /// <summary>Works off jobs whose rows are locked; nothing is to be saved here.</summary>
    protected abstract Task WorkOffAsync(IReadOnlyList<Job> due, IServiceProvider services, DateTimeOffset now, CancellationToken cancellationToken);

    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        while (await RunAsync(cancellationToken) == BatchSize)
        {
        }
    }

    /// <summary>Works off one batch; returns how many.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var now = _time.Now();
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
}

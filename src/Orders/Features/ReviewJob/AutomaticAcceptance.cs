using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;

namespace Zweizeiler.Orders.Features.ReviewJob;

/// <summary>Accepts deliveries to which nobody objected in time. Any replica takes what is due; what another one holds is passed over.</summary>
internal sealed partial class AutomaticAcceptance(IServiceScopeFactory scopes, TimeProvider time, ILogger<AutomaticAcceptance> logger) : BackgroundService
{
    private const int BatchSize = 50;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

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
                LogFailed(e.GetType().Name);
            }
        }
    }

    /// <summary>Accepts one batch; returns how many.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var publish = scope.ServiceProvider.GetRequiredService<IPublishEndpoint>();
        var now = time.Now();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var locked = await db.Database
            .SqlQuery<Guid>($"SELECT id FROM jobs WHERE acceptance_due_at <= {now} ORDER BY acceptance_due_at LIMIT {BatchSize} FOR UPDATE SKIP LOCKED")
            .ToListAsync(cancellationToken);
        var due = await db.Jobs.IgnoreQueryFilters().Where(j => locked.Contains(j.Id)).ToListAsync(cancellationToken);
        foreach (var job in due)
        {
            job.Accept(Acceptance.ByTime, now);
            await publish.PublishAcceptedAsync(job, thanks: null, automatic: true, now, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return due.Count;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Due deliveries could not be accepted now ({ExceptionType}); the next round will")]
    private partial void LogFailed(string exceptionType);
}

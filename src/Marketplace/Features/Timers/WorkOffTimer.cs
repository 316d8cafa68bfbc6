using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Claims;
using Zweizeiler.Marketplace.Features.Delays;
using Zweizeiler.Marketplace.Features.Escalation;
using Zweizeiler.Marketplace.Features.Offers;
using Zweizeiler.Marketplace.Features.TakeIn;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Timers;

/// <summary>
/// Works off one timer that is due, of whatever kind. Its row stays locked until the commit, so that no other replica does the same and a crash leaves
/// it to be done again. One that fails is put off and does not hold up those behind it.
/// </summary>
public sealed partial class WorkOffTimer(
    MarketplaceDbContext db, ReleaseJob release, LeaseWatch leases, EscalateJob escalate, TellDelay delays, OfferInTurn offers, UnpaidJobs unpaid,
    TimeProvider time,
    ILogger<WorkOffTimer> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>False when none is due.</summary>
    public async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var due = await db.Timers
            .FromSql($"SELECT * FROM timers WHERE due_at <= {now} ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED")
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        if (due is not [var timer])
        {
            return false;
        }

        try
        {
            await ActAsync(timer, now, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await db.Timers.Where(t => t.Id == timer.Id).ExecuteDeleteAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(timer.Kind, timer.Id, e.GetType().FullName, e.StackTrace);
            await transaction.RollbackAsync(cancellationToken);
            db.ChangeTracker.Clear();
            await db.Timers.Where(t => t.Id == timer.Id).ExecuteUpdateAsync(t => t.SetProperty(x => x.DueAt, now + Pause), cancellationToken);
        }

        return true;
    }

    private Task ActAsync(DueTimer timer, DateTimeOffset now, CancellationToken cancellationToken) => timer.Kind switch
    {
        TimerKind.Lease => release.ExpireAsync(timer, now, cancellationToken),
        TimerKind.LeaseEnding => leases.RunAsync(timer, now, cancellationToken),
        TimerKind.Offer => offers.RunAsync(timer, now, cancellationToken),
        TimerKind.Escalation => escalate.RunAsync(timer, now, cancellationToken),
        TimerKind.Delay => delays.RunAsync(timer, now, cancellationToken),
        TimerKind.Payment => unpaid.RunAsync(timer, now, cancellationToken),
        // While a release is rolled out the other one may know more kinds than this one.
        _ => throw new NotSupportedException("There is no such timer here."),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Timer {Kind} {Id} failed and is put off: {ExceptionType} {StackTrace}")]
    private partial void LogFailed(string kind, Guid id, string? exceptionType, string? stackTrace);
}

using Microsoft.EntityFrameworkCore;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Persistence;

namespace Zweizeiler.Notifications.Workers;

/// <summary>
/// Erases what has served its time, a little at a time, and puts mails back that missed the digest they were gathered for. Any replica may do it, and
/// several at once.
/// </summary>
public sealed partial class Retention(IServiceScopeFactory scopes, TimeProvider time, ILogger<Retention> logger) : BackgroundService
{
    private const int AtOnce = 2_000;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MailsKept = TimeSpan.FromDays(90);
    private static readonly TimeSpan QuestionsKept = TimeSpan.FromDays(60);
    private static readonly TimeSpan VerdictsKept = TimeSpan.FromDays(400);
    private static readonly TimeSpan DigestLate = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.GetType().Name);
            }

            await Task.Delay(Every * (0.75 + (Random.Shared.NextDouble() / 2)), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>All of it, once.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationsDbContext>();
        // Deliveries and attempts go with their event. A job's last event stays: the next one is told after it.
        await RepeatAsync(() => db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM events WHERE id IN (
              SELECT e.id FROM events e
              WHERE e.told_at < {now - JobEvent.KeptFor}
                AND (e.told_at < {now - JobEvent.LastKeptFor} OR EXISTS (SELECT 1 FROM events l WHERE l.job_id = e.job_id AND l.sequence > e.sequence AND l.told_at IS NOT NULL))
              ORDER BY e.told_at LIMIT {AtOnce})
            """,
            cancellationToken));
        // What the receiver said about an event that is kept for its number only is old too.
        await RepeatAsync(() => db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM webhook_deliveries WHERE id IN (
              SELECT d.id FROM webhook_deliveries d JOIN events e ON e.id = d.event_id
              WHERE e.told_at < {now - JobEvent.KeptFor} LIMIT {AtOnce})
            """,
            cancellationToken));
        await RepeatAsync(() => db.Database.ExecuteSqlAsync(
            $"DELETE FROM mails WHERE id IN (SELECT id FROM mails WHERE done_at < {now - MailsKept} ORDER BY done_at LIMIT {AtOnce})", cancellationToken));
        await db.InboundMails.Where(m => m.ReceivedAt < now - MailsKept).ExecuteDeleteAsync(cancellationToken);
        await db.Questions.Where(q => q.AskedAt < now - QuestionsKept).ExecuteDeleteAsync(cancellationToken);
        await db.Verdicts.Where(v => v.RuledAt < now - VerdictsKept).ExecuteDeleteAsync(cancellationToken);
        await db.Answers.IgnoreQueryFilters().Where(a => a.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        await db.Mails.Where(m => m.State == SendState.Collected && m.DigestAt < now - DigestLate && !db.Mails.Any(
                d => d.RecipientId == m.RecipientId && d.DigestAt == m.DigestAt && d.State == SendState.Waiting))
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, SendState.Waiting).SetProperty(m => m.DueAt, now), cancellationToken);
    }

    private static async Task RepeatAsync(Func<Task<int>> some)
    {
        while (await some() == AtOnce)
        {
            // There is more.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Erasing what is old failed with {Error}; it goes on shortly")]
    private partial void LogFailed(string error);
}

using Microsoft.EntityFrameworkCore;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.Notifications.Workers;

namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>
/// Words mails and hands them over, as far as their recipients want them and when they do. A recipient or job that is not known yet (the message is
/// still on its way) is waited for.
/// </summary>
public sealed partial class MailWorker(IServiceScopeFactory scopes, MailTransport transport, TimeProvider time, ILogger<MailWorker> logger)
    : DueWorker<Mail>(scopes, time, logger)
{
    private readonly ILogger _logger = logger;
    private readonly TimeProvider _time = time;

    protected override FormattableString Take(DateTimeOffset now, DateTimeOffset leaseUntil, int most) =>
        $"""
        UPDATE mails SET lease_until = {leaseUntil}
        WHERE id IN (
            SELECT id FROM mails
            WHERE state = 'waiting' AND due_at <= {now} AND (lease_until IS NULL OR lease_until < {now})
            ORDER BY due_at LIMIT {most} FOR UPDATE SKIP LOCKED)
        RETURNING id AS "Value"
        """;

    protected override async Task SendAsync(NotificationsDbContext db, Mail sending, IServiceProvider services, CancellationToken cancellationToken)
    {
        var plan = await services.GetRequiredService<MailPlanner>().PlanAsync(sending, cancellationToken);
        if (plan is null)
        {
            if (sending is { State: SendState.Waiting, LeaseUntil: not null })
            {
                Fail(sending, "NotKnownYet");
            }

            return;
        }

        using var message = plan.Message;
        var outcome = await transport.SendAsync(message, plan.Sender, cancellationToken);
        var now = _time.GetUtcNow();
        switch (outcome.Kind)
        {
            case MailOutcomeKind.Taken:
                sending.Succeed(now);
                plan.Contained.ForEach(mail => mail.Told(now));
                break;
            case MailOutcomeKind.Refused:
                await db.SuppressAsync(plan.Address, outcome.Reason, now, cancellationToken);
                sending.Refuse(now);
                LogRefused(sending.Id, outcome.Reason);
                break;
            default:
                Fail(sending, outcome.Reason);
                break;
        }
    }

    private void Fail(Mail mail, string reason)
    {
        mail.Fail(RetrySchedule.Mails, _time.GetUtcNow(), Random.Shared.NextDouble());
        LogNotSent(mail.Id, reason);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {MailId} was not sent ({Reason}); it is tried again")]
    private partial void LogNotSent(Guid mailId, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {MailId} was refused for good ({Reason}); nothing more is sent to its address")]
    private partial void LogRefused(Guid mailId, string reason);
}

internal static class SuppressionQueries
{
    public static Task SuppressAsync(this NotificationsDbContext db, string address, string code, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"INSERT INTO suppressions (address, code, since) VALUES ({address.ToLowerInvariant()}, {code}, {now}) ON CONFLICT DO NOTHING", cancellationToken);

    public static Task<bool> IsSuppressedAsync(this NotificationsDbContext db, string address, CancellationToken cancellationToken)
    {
        var lower = address.ToLowerInvariant();
        return db.Suppressions.AnyAsync(s => s.Address == lower, cancellationToken);
    }
}

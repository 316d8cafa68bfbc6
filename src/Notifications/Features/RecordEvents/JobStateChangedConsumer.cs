using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.SendMails;
using Zweizeiler.Notifications.Persistence;

namespace Zweizeiler.Notifications.Features.RecordEvents;

/// <summary>
/// Keeps the merchant's event log and starts what follows from an event: webhooks and mails. Events of a job may arrive in any order and twice;
/// they are told once, in order.
/// </summary>
public sealed class JobStateChangedConsumer(NotificationsDbContext db, TimeProvider time) : IConsumer<JobStateChanged>
{
    public async Task Consume(ConsumeContext<JobStateChanged> context)
    {
        var message = context.Message;
        var cancellationToken = context.CancellationToken;
        var log = await LockLogAsync(message.MerchantId, message.Mode, cancellationToken);

        // A job has a few dozen events at most, and the merchant's next event waits for this transaction: one read.
        var ofJob = await db.Events.IgnoreQueryFilters().Where(e => e.JobId == message.JobId).ToListAsync(cancellationToken);
        if (ofJob.Any(e => e.Sequence == message.Sequence))
        {
            return;
        }

        var told = ofJob.Where(e => e.ToldAt is not null).Select(e => e.Sequence).DefaultIfEmpty().Max();
        List<JobEvent> known = [.. ofJob, Record(message)];

        foreach (var next in known.Where(e => e.ToldAt is null).OrderBy(e => e.Sequence).TakeWhile(e => e.Sequence == ++told))
        {
            next.Tell(log.NextPlace(time.GetUtcNow()));
            await FollowAsync(next, [.. known.Where(e => e.Sequence < next.Sequence).Select(e => e.Type)], cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>
    /// One at a time a merchant and mode: places in the log are then committed in their order, so that nobody who reads it page by page
    /// skips an event whose transaction took longer.
    /// </summary>
    private async Task<EventLog> LockLogAsync(Guid merchant, string mode, CancellationToken cancellationToken)
    {
        // An update that changes nothing locks the row like any other, and makes it first if need be: one round trip.
        var locked = await db.EventLogs
            .FromSql(
                $"""
                INSERT INTO event_logs AS l (merchant_id, mode, last_told_at) VALUES ({merchant}, {mode}, 'epoch')
                ON CONFLICT (merchant_id, mode) DO UPDATE SET last_told_at = l.last_told_at
                RETURNING merchant_id, mode, last_told_at
                """)
            .ToListAsync(cancellationToken);
        return locked.Single();
    }

    private JobEvent Record(JobStateChanged message)
    {
        var arrived = new JobEvent
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            MerchantId = message.MerchantId,
            Mode = message.Mode,
            JobId = message.JobId,
            Sequence = message.Sequence,
            Type = message.Type,
            State = message.State,
            Reference = message.Filing.Reference,
            CaseId = message.Filing.CaseId,
            OccurredAt = message.OccurredAt,
        };
        db.Add(arrived);
        return arrived;
    }

    private async Task FollowAsync(JobEvent told, IReadOnlyCollection<string> before, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var endpoints = await db.WebhookEndpoints.IgnoreQueryFilters()
            .Where(e => e.MerchantId == told.MerchantId && e.Mode == told.Mode)
            .ToListAsync(cancellationToken);
        foreach (var endpoint in endpoints.Where(e => e.Wants(told.Type)))
        {
            db.Add(new WebhookDelivery
            {
                Id = Guid.CreateVersion7(now),
                EndpointId = endpoint.Id,
                EventId = told.Id,
                JobId = told.JobId,
                Sequence = told.Sequence,
                DueAt = now,
            });
        }

        // Nobody is written to about what a test key does.
        if (told.Mode == "live" && MailTemplates.ForEvent(told.Type, before) is { } template)
        {
            db.Add(new Mail { Id = Guid.CreateVersion7(now), RecipientId = told.MerchantId, Template = template, EventId = told.Id, DueAt = now });
        }
    }
}

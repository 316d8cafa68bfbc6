using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.KeepRecipients;
using Zweizeiler.Notifications.Features.SendMails;
using Zweizeiler.Notifications.Features.SendWebhooks;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Notifications.Features.RecordEvents;

/// <summary>
/// Keeps the merchant's event log and starts what follows from an event: webhooks and mails. Events of a job may arrive in any order and twice;
/// they are told once, in order.
/// </summary>
public sealed class JobStateChangedConsumer(NotificationsDbContext db, WakesWebhooks wakes, TimeProvider time) : IConsumer<JobStateChanged>
{
    private static readonly Func<NotificationsDbContext, Guid, IAsyncEnumerable<JobEvent>> OfJob = EF.CompileAsyncQuery(
        (NotificationsDbContext db, Guid job) => db.Events.IgnoreQueryFilters().Where(e => e.JobId == job));

    public async Task Consume(ConsumeContext<JobStateChanged> context)
    {
        var message = context.Message;
        var cancellationToken = context.CancellationToken;
        await db.EnterJobAsync(message.JobId, cancellationToken);

        // A job has a few dozen events at most: one read.
        var ofJob = await OfJob(db, message.JobId).ToListAsync(cancellationToken);
        if (ofJob.Exists(e => e.Sequence == message.Sequence))
        {
            return;
        }

        var told = ofJob.Where(e => e.ToldAt is not null).Select(e => e.Sequence).DefaultIfEmpty().Max();
        List<JobEvent> known = [.. ofJob, Record(message)];
        var telling = known.Where(e => e.ToldAt is null).OrderBy(e => e.Sequence).TakeWhile(e => e.Sequence == ++told).ToList();
        foreach (var next in telling)
        {
            await FollowAsync(next, [.. known.Where(e => e.Sequence < next.Sequence).OrderBy(e => e.Sequence).Select(e => e.Type)], cancellationToken);
        }

        if (telling.Count > 0)
        {
            // Last of all, because the merchant's next event waits from here until the commit.
            var log = await LockLogAsync(message.MerchantId, message.Mode, cancellationToken);
            telling.ForEach(e => e.Tell(log.NextPlace(time.GetUtcNow())));
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
                INSERT INTO event_logs AS l (merchant_id, mode, last_told_at, last_number) VALUES ({merchant}, {mode}, 'epoch', 0)
                ON CONFLICT (merchant_id, mode) DO UPDATE SET last_told_at = l.last_told_at
                RETURNING merchant_id, mode, last_told_at, last_number
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
            Step = message.Step,
        };
        db.Add(arrived);
        return arrived;
    }

    private async Task FollowAsync(JobEvent told, IReadOnlyList<string> before, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await SendAsync(told, now, cancellationToken);

        // Nobody is written to about what a test key does.
        if (told.Mode != "live")
        {
            return;
        }

        if (MailTemplates.ForEvent(told.Type, before) is { } template)
        {
            db.Add(Mails.Of(
                template, told.MerchantId, $"event:{told.Id:N}", told.OccurredAt, now,
                new MailDetails { Reference = told.Reference, State = told.State }, told.JobId));
        }

        if (told.Type == "job.accepted" && !await db.Recipients.AnyAsync(r => r.Id == told.MerchantId && r.ThankedAt != null, cancellationToken))
        {
            var merchant = await db.RecipientForUpdateAsync(told.MerchantId, RecipientKind.Merchant, cancellationToken);
            if (merchant.Thank(now))
            {
                db.Add(Mails.Of(MailTemplates.FirstOrder, told.MerchantId, $"first_order:{told.MerchantId:N}", told.OccurredAt, now, new MailDetails()));
            }
        }
    }

    private async Task SendAsync(JobEvent told, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // An endpoint that is paused gets it later; one that is off does not, until somebody asks for it. They are held from here on: whoever deletes one
        // waits for this transaction, and not in a circle with those that wait for the log.
        var endpoints = await db.WebhookEndpoints
            .FromSql(
                $"""
                SELECT * FROM webhook_endpoints WHERE merchant_id = {told.MerchantId} AND mode = {told.Mode} AND state <> 'off' ORDER BY id FOR KEY SHARE
                """)
            .IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellationToken);
        endpoints.RemoveAll(e => !e.Wants(told.Type));
        if (endpoints.Count == 0)
        {
            return;
        }

        var due = told.Sequence == 1 ? [] : await WaitingBeforeAsync(told, [.. endpoints.Select(e => e.Id)], cancellationToken);
        foreach (var endpoint in endpoints)
        {
            db.Add(new WebhookDelivery
            {
                Id = Guid.CreateVersion7(now),
                EndpointId = endpoint.Id,
                EventId = told.Id,
                JobId = told.JobId,
                Sequence = told.Sequence,
                DueAt = due.TryGetValue(endpoint.Id, out var at) && at > now ? at : now,
                CreatedAt = now,
            });
        }

        wakes.Added(db);
    }

    /// <summary>
    /// When the earlier event is due that this one waits for, by endpoint. It is locked until this one is stored: whoever marks it then finds this one
    /// and makes it due.
    /// </summary>
    private async Task<Dictionary<Guid, DateTimeOffset>> WaitingBeforeAsync(JobEvent told, Guid[] endpoints, CancellationToken cancellationToken)
    {
        var waiting = await db.WebhookDeliveries
            .FromSql(
                $"""
                SELECT * FROM webhook_deliveries WHERE state = 'waiting' AND id IN (
                  SELECT DISTINCT ON (endpoint_id) id FROM webhook_deliveries
                  WHERE endpoint_id = ANY({endpoints}) AND job_id = {told.JobId} AND state = 'waiting'
                  ORDER BY endpoint_id, sequence)
                ORDER BY id FOR SHARE
                """)
            .AsNoTracking().ToListAsync(cancellationToken);
        return waiting.ToDictionary(d => d.EndpointId, d => d.DueAt);
    }
}

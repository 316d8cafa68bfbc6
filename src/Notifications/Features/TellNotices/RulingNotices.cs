using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.SendMails;
using Zweizeiler.Notifications.Persistence;

namespace Zweizeiler.Notifications.Features.TellNotices;

/// <summary>
/// A rejection is told to the delivery's writer, and so is the ruling. The ruling does not say who wrote it, the rejection does, and they come from
/// different services: whichever comes second tells the ruling.
/// </summary>
public sealed class DeliveryRejectedConsumer(NotificationsDbContext db, TimeProvider time) : IConsumer<DeliveryRejected>
{
    public async Task Consume(ConsumeContext<DeliveryRejected> context)
    {
        var m = context.Message;
        var verdict = await db.VerdictForUpdateAsync(m.DeliveryId, m.JobId, context.CancellationToken);
        verdict.WrittenBy(m.TranslatorId);
        await db.TellAsync(verdict, time.GetUtcNow(), context.CancellationToken);
        await db.AddOnceAsync(
            Mails.Of(
                MailTemplates.Rejection, m.TranslatorId, $"rejection:{m.DeliveryId:N}", m.RejectedAt, time.GetUtcNow(),
                new MailDetails { Subject = m.DeliveryId }, m.JobId),
            context.CancellationToken);
    }
}

public sealed class ComplaintContestedConsumer(NotificationsDbContext db, TimeProvider time) : IConsumer<ComplaintContested>
{
    public async Task Consume(ConsumeContext<ComplaintContested> context)
    {
        var m = context.Message;
        var verdict = await db.VerdictForUpdateAsync(m.DeliveryId, m.JobId, context.CancellationToken);
        verdict.WrittenBy(m.TranslatorId);
        await db.TellAsync(verdict, time.GetUtcNow(), context.CancellationToken);
    }
}

public sealed class RulingGivenConsumer(NotificationsDbContext db, TimeProvider time) : IConsumer<RulingGiven>
{
    public async Task Consume(ConsumeContext<RulingGiven> context)
    {
        var m = context.Message;
        var verdict = await db.VerdictForUpdateAsync(m.DeliveryId, m.JobId, context.CancellationToken);
        verdict.Ruled(m.DeliveryStands, m.RuledAt);
        await db.TellAsync(verdict, time.GetUtcNow(), context.CancellationToken);
    }
}

internal static class VerdictQueries
{
    /// <summary>The delivery's row, made if it is not there, locked so that rejection and ruling cannot miss each other.</summary>
    public static async Task<Verdict> VerdictForUpdateAsync(this NotificationsDbContext db, Guid delivery, Guid job, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO verdicts (delivery_id, job_id) VALUES ({delivery}, {job}) ON CONFLICT DO NOTHING", cancellationToken);
        return await db.Verdicts.FromSql($"SELECT * FROM verdicts WHERE delivery_id = {delivery} FOR UPDATE").SingleAsync(cancellationToken);
    }

    public static Task TellAsync(this NotificationsDbContext db, Verdict verdict, DateTimeOffset now, CancellationToken cancellationToken) =>
        verdict is { IsComplete: true, TranslatorId: { } translator, RuledAt: { } at }
            ? db.AddOnceAsync(
                Mails.Of(
                    MailTemplates.Ruling, translator, $"ruling:{verdict.DeliveryId:N}:{at.UtcTicks}", at, now,
                    new MailDetails { Subject = verdict.DeliveryId, Stands = verdict.Stands }, verdict.JobId),
                cancellationToken)
            : db.SaveChangesAsync(cancellationToken);
}

using MassTransit;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.KeepRecipients;
using Zweizeiler.Notifications.Features.SendMails;
using Zweizeiler.Notifications.Persistence;

namespace Zweizeiler.Notifications.Features.TellNotices;

/// <summary>What translators are told.</summary>
public sealed class OfferMadeConsumer(NotificationsDbContext db, TimeProvider time) : IConsumer<OfferMade>
{
    public Task Consume(ConsumeContext<OfferMade> context)
    {
        var m = context.Message;
        return m.Facts.Mode != "live"
            ? Task.CompletedTask
            : db.AddOnceAsync(
                Mails.Of(
                    MailTemplates.Offer, m.TranslatorId, $"offer:{m.JobId:N}:{m.TranslatorId:N}:{m.ExclusiveUntil.UtcTicks}", m.OfferedAt, time.GetUtcNow(),
                    new MailDetails
                    {
                        JobKind = m.Facts.Kind,
                        Pair = $"{m.Facts.Source} → {m.Facts.Target}",
                        Cents = m.FeeCents,
                        Currency = m.Currency,
                        Until = m.ExclusiveUntil,
                    },
                    m.JobId,
                    m.ExclusiveUntil),
                context.CancellationToken);
    }
}

public sealed class LeaseEndingConsumer(NotificationsDbContext db, TimeProvider time) : IConsumer<LeaseEnding>
{
    public Task Consume(ConsumeContext<LeaseEnding> context)
    {
        var m = context.Message;
        return db.AddOnceAsync(
            Mails.Of(
                MailTemplates.ClaimEnding, m.TranslatorId, $"claim:{m.JobId:N}:{m.TranslatorId:N}:{m.LeaseUntil.UtcTicks}", m.NoticedAt, time.GetUtcNow(),
                new MailDetails { Until = m.LeaseUntil }, m.JobId, m.LeaseUntil),
            context.CancellationToken);
    }
}

public sealed class RevisionRequestedConsumer(NotificationsDbContext db, TimeProvider time) : IConsumer<RevisionRequested>
{
    public Task Consume(ConsumeContext<RevisionRequested> context)
    {
        var m = context.Message;
        return db.AddOnceAsync(
            Mails.Of(
                MailTemplates.Revision, m.TranslatorId, $"revision:{m.DeliveryId:N}", m.RequestedAt, time.GetUtcNow(),
                new MailDetails { Subject = m.DeliveryId }, m.JobId),
            context.CancellationToken);
    }
}

public sealed class ComplaintReceivedConsumer(NotificationsDbContext db, TimeProvider time) : IConsumer<ComplaintReceived>
{
    public Task Consume(ConsumeContext<ComplaintReceived> context)
    {
        var m = context.Message;
        return db.AddOnceAsync(
            Mails.Of(
                MailTemplates.ComplaintMade, m.TranslatorId, $"complaint:{m.ComplaintId:N}", m.ReceivedAt, time.GetUtcNow(),
                new MailDetails { Subject = m.DeliveryId, Until = m.CorrectionDueAt }, m.JobId),
            context.CancellationToken);
    }
}

public sealed class PayoutSentConsumer(NotificationsDbContext db, TimeProvider time) : IConsumer<PayoutSent>
{
    public Task Consume(ConsumeContext<PayoutSent> context)
    {
        var m = context.Message;
        return db.AddOnceAsync(
            Mails.Of(
                MailTemplates.PayoutSent, m.TranslatorId, $"payout:{m.PayoutId:N}", m.SentAt, time.GetUtcNow(),
                new MailDetails { Cents = m.Cents, Currency = m.Currency }),
            context.CancellationToken);
    }
}

public sealed class PayoutReturnedConsumer(NotificationsDbContext db, TimeProvider time) : IConsumer<PayoutReturned>
{
    public Task Consume(ConsumeContext<PayoutReturned> context)
    {
        var m = context.Message;
        return db.AddOnceAsync(
            Mails.Of(
                MailTemplates.PayoutReturned, m.TranslatorId, $"payout_returned:{m.PayoutId:N}", m.ReturnedAt, time.GetUtcNow(),
                new MailDetails { Cents = m.Cents, Currency = m.Currency, State = m.Reason }),
            context.CancellationToken);
    }
}

public sealed class StatementIssuedConsumer(NotificationsDbContext db, TimeProvider time) : IConsumer<StatementIssued>
{
    public Task Consume(ConsumeContext<StatementIssued> context)
    {
        var m = context.Message;
        return db.AddOnceAsync(
            Mails.Of(
                MailTemplates.Statement, m.TranslatorId, $"statement:{m.StatementId:N}", m.IssuedAt, time.GetUtcNow(),
                new MailDetails { Number = m.Number, Cents = m.GrossCents, Currency = m.Currency }),
            context.CancellationToken);
    }
}

/// <summary>Praise: for the first accepted job, and for each good rating.</summary>
public sealed class DeliveryAcceptedConsumer(NotificationsDbContext db, TimeProvider time) : IConsumer<DeliveryAccepted>
{
    private const int Good = 4;

    public async Task Consume(ConsumeContext<DeliveryAccepted> context)
    {
        var m = context.Message;
        var now = time.GetUtcNow();
        var translator = await db.RecipientForUpdateAsync(m.TranslatorId, RecipientKind.Translator, context.CancellationToken);
        var isFirst = translator.Thank(now);
        if (isFirst || m.Rating >= Good)
        {
            await db.AddOnceAsync(
                Mails.Of(
                    isFirst ? MailTemplates.FirstJob : MailTemplates.GoodRating, m.TranslatorId, $"praise:{m.JobId:N}", m.AcceptedAt, now,
                    // A bad rating is no part of a welcome.
                    new MailDetails { Level = m.Rating >= Good ? m.Rating : null }, m.JobId),
                context.CancellationToken);
        }
    }
}

using MassTransit;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.SendMails;
using Zweizeiler.Notifications.Persistence;

namespace Zweizeiler.Notifications.Features.TellNotices;

/// <summary>What merchants are told that is no step of a job.</summary>
public sealed class InvoiceIssuedConsumer(NotificationsDbContext db, TimeProvider time) : IConsumer<InvoiceIssued>
{
    public Task Consume(ConsumeContext<InvoiceIssued> context)
    {
        var m = context.Message;
        var template = m.Kind == "credit_note" ? MailTemplates.CreditNote : MailTemplates.Invoice;
        return db.AddOnceAsync(
            Mails.Of(template, m.MerchantId, $"invoice:{m.InvoiceId:N}", m.IssuedAt, time.GetUtcNow(), new MailDetails
            {
                Subject = m.InvoiceId,
                Number = m.Number,
                Cents = m.GrossCents,
                Currency = m.Currency,
                Day = m.DueOn,
            }),
            context.CancellationToken);
    }
}

public sealed class PaymentRemindedConsumer(NotificationsDbContext db, TimeProvider time) : IConsumer<PaymentReminded>
{
    public Task Consume(ConsumeContext<PaymentReminded> context)
    {
        var m = context.Message;
        return db.AddOnceAsync(
            Mails.Of(MailTemplates.Reminder, m.MerchantId, $"reminder:{m.InvoiceId:N}:{m.Level}", m.RemindedAt, time.GetUtcNow(), new MailDetails
            {
                Subject = m.InvoiceId,
                Number = m.Number,
                Level = m.Level,
                Cents = m.OpenCents,
                Currency = m.Currency,
                Day = m.DueOn,
            }),
            context.CancellationToken);
    }
}

public sealed class PaymentReceivedConsumer(NotificationsDbContext db, TimeProvider time) : IConsumer<PaymentReceived>
{
    public Task Consume(ConsumeContext<PaymentReceived> context)
    {
        var m = context.Message;
        return db.AddOnceAsync(
            Mails.Of(MailTemplates.Payment, m.MerchantId, $"payment:{m.PaymentId:N}", m.BookedAt, time.GetUtcNow(), new MailDetails
            {
                Number = m.InvoiceNumber,
                Cents = m.Cents,
                Currency = m.Currency,
            }),
            context.CancellationToken);
    }
}

public sealed class ApiKeyRevokedConsumer(NotificationsDbContext db, TimeProvider time) : IConsumer<ApiKeyRevoked>
{
    public Task Consume(ConsumeContext<ApiKeyRevoked> context)
    {
        var m = context.Message;
        return m.MerchantId is not { } merchant
            ? Task.CompletedTask
            : db.AddOnceAsync(
                Mails.Of(
                    MailTemplates.KeyRevoked, merchant, $"key:{m.KeyId:N}", m.RevokedAt, time.GetUtcNow(),
                    new MailDetails { Name = m.Name is null ? null : MailText.OneLine(m.Name) }),
                context.CancellationToken);
    }
}

using MassTransit;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.SendMails;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Notifications.Features.TellNotices;

/// <summary>Something about a portal account. Address and link rest sealed until the mail is sent, and are gone then.</summary>
public sealed class AccountNoticeConsumer(NotificationsDbContext db, TextVault vault, TimeProvider time) : IConsumer<AccountNotice>
{
    public Task Consume(ConsumeContext<AccountNotice> context)
    {
        var m = context.Message;
        var template = MailTemplates.AccountPrefix + m.Kind;
        if (!MailTemplates.All.Contains(template))
        {
            throw new InvalidOperationException($"There is no mail for account notices of the kind '{m.Kind}'.");
        }

        var content = m is { Link: { } link, DataKey: { } given }
            ? vault.Open<AccountNoticeContent>(given, m.NoticeId, TextPurpose.AccountNotice, link)
            : new AccountNoticeContent(null, null);
        var now = time.GetUtcNow();
        var key = vault.CreateDataKey();
        var mail = new Mail
        {
            Id = Guid.CreateVersion7(now),
            Key = $"account:{m.NoticeId:N}",
            Template = template,
            OccurredAt = m.RequestedAt,
            Details = new MailDetails { Until = m.ValidUntil },
            ExpiresAt = m.ValidUntil,
            DueAt = now,
        };
        mail.Secret = vault.Seal(
            key, mail.Id, AccountSecret.Purpose, new AccountSecret(m.Email, m.DisplayName, m.Locale == "de" ? "de" : "en", content.Path, content.Note));
        mail.SecretKey = key;
        return db.AddOnceAsync(mail, context.CancellationToken);
    }
}

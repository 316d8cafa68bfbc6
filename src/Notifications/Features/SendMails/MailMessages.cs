using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>Makes messages (RFC 5322) of mails: both forms, the headers that make a thread of a job's mails, and those by which one stops a kind with a click.</summary>
public sealed class MailMessages(IOptions<MailOptions> options, IConfiguration configuration, PreferenceLinks links, ReplyAddresses replies)
{
    private Uri PublicUrl => configuration.GetValue<Uri>("PublicUrl") ?? throw new InvalidOperationException("PublicUrl is not set.");

    /// <summary>Bounces come back to where they are read, if they are.</summary>
    public MailboxAddress Sender => MailboxAddress.Parse(replies.AreOn ? options.Value.Inbound.Address! : options.Value.From);

    public MimeMessage Compose(
        Mail mail, MailReader reader, string address, MailSecrets secrets, string? reference = null, Recipient? recipient = null, Question? question = null)
    {
        var kind = MailTemplates.KindOf(mail.Template);
        var unsubscribe = recipient is null || kind is null or { IsDuty: true } ? null : new Uri(PublicUrl, links.Unsubscribe(recipient.Id, kind.Name));
        var footer = recipient is null ? null : FooterOf(recipient, unsubscribe, kind is { IsDuty: true });
        var words = MailComposer.Word(Named(mail, reference), reader, secrets, footer, PublicUrl);
        var message = Message(mail, reader, address, words, unsubscribe);
        if (question is not null && secrets.CanReply)
        {
            message.ReplyTo.Add(replies.Of(question, "Zweizeiler"));
        }

        return message;
    }

    /// <param name="digest">The mail.</param>
    /// <param name="contained">What it tells of.</param>
    /// <param name="references">How the merchant calls jobs, where what is told does not say it.</param>
    /// <param name="reader">Who reads it.</param>
    /// <param name="recipient">To whom it goes.</param>
    public MimeMessage ComposeDigest(
        Mail digest, IReadOnlyList<Mail> contained, IReadOnlyDictionary<Guid, string?> references, MailReader reader, Recipient recipient)
    {
        var unsubscribe = new Uri(PublicUrl, links.Unsubscribe(recipient.Id, MailTemplates.Digest));
        var named = contained.Select(m => Named(m, m.Details.Reference ?? (m.JobId is { } job ? references.GetValueOrDefault(job) : null))).ToList();
        return Message(digest, reader, recipient.Email, MailComposer.Digest(named, reader, FooterOf(recipient, unsubscribe), PublicUrl), unsubscribe);
    }

    /// <summary>The same mail, about what the merchant calls by this name.</summary>
    private static Mail Named(Mail mail, string? reference) => reference is null || reference == mail.Details.Reference
        ? mail
        : new Mail
        {
            Id = mail.Id,
            Key = mail.Key,
            Template = mail.Template,
            JobId = mail.JobId,
            OccurredAt = mail.OccurredAt,
            DueAt = mail.DueAt,
            Details = mail.Details with { Reference = reference },
        };

    private MailFooter FooterOf(Recipient recipient, Uri? unsubscribe, bool isDuty = false) => new(new Uri(PublicUrl, links.Preferences(recipient.Id)), unsubscribe, isDuty);

    private MimeMessage Message(Mail mail, MailReader reader, string address, MailWords words, Uri? unsubscribe)
    {
        var from = MailboxAddress.Parse(options.Value.From);
        var message = new MimeMessage
        {
            MessageId = $"{mail.Id:N}@{from.Domain}",
            Subject = words.Subject,
            Date = mail.OccurredAt,
            Body = new MultipartAlternative
            {
                new TextPart(TextFormat.Plain) { Text = words.Text },
                new TextPart(TextFormat.Html) { Text = words.Html },
            },
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(reader.Name, address));
        if (mail.JobId is { } job)
        {
            // A root that is never sent: mail programs put everything below it, whichever comes first, and nothing has to be remembered.
            var root = $"{PublicId.Format("job", job)}@{from.Domain}";
            message.InReplyTo = root;
            message.References.Add(root);
        }

        // Nobody's out-of-office is to answer.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add(HeaderId.ContentLanguage, reader.Locale);
        if (unsubscribe is not null)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe.AbsoluteUri}>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }

        return message;
    }
}

using System.Security.Cryptography;
using System.Text;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Npgsql;
using Zweizeiler.Contracts.Notifications;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.SendMails;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Notifications.Features.ReceiveMails;

/// <summary>
/// What comes of a mail that came in: an answer to a question goes on its way to the translator, a bounce shuts an address off, everything else is
/// ignored. Each is worked off once, however often and on whichever way it comes.
/// </summary>
public sealed class InboundMails(NotificationsDbContext db, IPublishEndpoint publish, ReplyAddresses replies, TextVault vault, TimeProvider time)
{
    public const string Answer = "answer";
    public const string Refused = "refused";
    public const string Bounce = "bounce";
    public const string Ignored = "ignored";

    /// <summary>As long as an answer through the API may be.</summary>
    private const int LongestAnswer = 4000;

    private static readonly string[] Final = ["accepted", "refunded", "cancelled", "expired"];

    private static readonly string[] AddressHeaders = ["To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To"];

    /// <summary>Takes one of which only the head is here, because it is too large to be read.</summary>
    /// <returns>What came of it.</returns>
    public Task<string> TakeHeadAsync(MimeMessage head, CancellationToken cancellationToken) => TakeAsync(head, isComplete: false, cancellationToken);

    /// <returns>What came of it.</returns>
    public Task<string> TakeAsync(MimeMessage message, CancellationToken cancellationToken) => TakeAsync(message, isComplete: true, cancellationToken);

    private async Task<string> TakeAsync(MimeMessage message, bool isComplete, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (question, address) = await FindQuestionAsync(message, cancellationToken);
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{message.MessageId ?? $"{message.Date:O}|{message.From}|{message.TextBody}"}|{address}")));
        if (await db.InboundMails.AsNoTracking().SingleOrDefaultAsync(m => m.Key == key, cancellationToken) is { } known)
        {
            return known.Outcome;
        }

        var id = Guid.CreateVersion7(now);
        var outcome = Bounces.IsReport(message)
            ? await db.TakeBounceAsync(message, now, cancellationToken) ? Bounce : Ignored
            // Who is out of office answers no question.
            : question is null || IsAutomatic(message) ? Ignored
            : isComplete ? await TakeAnswerAsync(id, question, message, now, cancellationToken)
            : Refuse(MailTemplates.AnswerTooLarge, id, question, now);
        db.Add(new InboundMail { Key = key, Id = id, Outcome = outcome, ReceivedAt = now });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // It came in on another replica at the same moment.
        }

        return outcome;
    }

    private async Task<string> TakeAnswerAsync(Guid id, Question question, MimeMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var text = ReplyText.Of(message);
        var merchant = await db.Recipients.AsNoTracking().SingleOrDefaultAsync(r => r.Id == question.MerchantId, cancellationToken);
        var state = await db.Events.IgnoreQueryFilters().Where(e => e.JobId == question.JobId).OrderByDescending(e => e.Sequence).Select(e => e.State).FirstOrDefaultAsync(cancellationToken);
        var attached = HasAttachments(message.Body);
        var refusal = text.Length == 0 ? MailTemplates.AnswerEmpty
            : text.Length > LongestAnswer ? MailTemplates.AnswerTooLong
            : Final.Contains(state) ? MailTemplates.AnswerTooLate
            : null;
        if (refusal is null && merchant?.DataKey is { } key)
        {
            await publish.Publish(
                new AnswerReceived(id, question.JobId, question.MerchantId, question.Id, vault.Seal(key, id, TextPurpose.Message, text), now), cancellationToken);
        }

        if ((refusal ?? (attached ? MailTemplates.AnswerAttachments : null)) is { } reply)
        {
            Refuse(reply, id, question, now);
        }

        return refusal is null ? Answer : Refused;
    }

    private string Refuse(string template, Guid id, Question question, DateTimeOffset now)
    {
        db.Add(Mails.Of(template, question.MerchantId, $"{template}:{id:N}", now, now, new MailDetails { Subject = question.Id }, question.JobId));
        return Refused;
    }

    private async Task<(Question? Question, string Address)> FindQuestionAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var addresses = message.Headers.Where(h => AddressHeaders.Contains(h.Field, StringComparer.OrdinalIgnoreCase))
            .SelectMany(h => InternetAddressList.TryParse(h.Value, out var list) ? list.Mailboxes : []);
        foreach (var address in addresses)
        {
            if (replies.TryRead(address.Address, out var id, out var signature)
                && await db.Questions.AsNoTracking().SingleOrDefaultAsync(q => q.Id == id, cancellationToken) is { } question
                && replies.Verify(question, signature))
            {
                return (question, address.Address.ToLowerInvariant());
            }
        }

        return (null, "");
    }

    /// <summary>
    /// Pictures of a signature are part of the text's layout, not something that somebody wanted to send along. Telephones send photographs inline, beside
    /// the text.
    /// </summary>
    private static bool HasAttachments(MimeEntity? entity) => entity switch
    {
        Multipart { Count: > 0, ContentType.MediaSubtype: "signed" } signed => HasAttachments(signed[0]),
        MultipartRelated related => related.Any(part => part.IsAttachment),
        Multipart multipart => multipart.Any(HasAttachments),
        TextPart { IsAttachment: false, FileName: null } => false,
        null => false,
        _ => true,
    };

    private static bool IsAutomatic(MimeMessage message) =>
        (message.Headers["Auto-Submitted"] is { } submitted && !submitted.Trim().Equals("no", StringComparison.OrdinalIgnoreCase))
        || message.Headers["Precedence"]?.Trim().ToLowerInvariant() is "bulk" or "junk" or "list" or "auto_reply"
        || message.Headers.Contains("X-Autoreply")
        || message.Headers.Contains("List-Id");
}

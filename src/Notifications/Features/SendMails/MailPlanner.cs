using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>A mail that is to be sent now.</summary>
/// <param name="Message">The message.</param>
/// <param name="Sender">Where the mail servers' own messages about it go.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="Contained">The mails that a digest tells of.</param>
public sealed record MailPlan(MimeMessage Message, MailboxAddress Sender, string Address, List<Mail> Contained);

/// <summary>What an account's mail keeps sealed.</summary>
public sealed record AccountSecret(string Email, string? Name, string Locale, string? Path, string? Note)
{
    public const string Purpose = "account-mail";
}

/// <summary>
/// Decides when a mail is due whether it is sent now, later, in a digest or not at all. It is decided so late because wishes may change until then,
/// and what was worth telling may be settled.
/// </summary>
public sealed class MailPlanner(NotificationsDbContext db, MailMessages messages, ReplyAddresses replies, TextVault vault, TimeProvider time)
{
    private static readonly List<Mail> Nothing = [];

    /// <returns>Null if it is not sent now; the mail then says why, or still holds its lease because something about it is not known yet.</returns>
    public async Task<MailPlan?> PlanAsync(Mail mail, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (mail.ExpiresAt <= now)
        {
            return Skipped(mail, now);
        }

        return mail.RecipientId is null ? await PlanForAccountAsync(mail, cancellationToken) : await PlanForRecipientAsync(mail, now, cancellationToken);
    }

    private async Task<MailPlan?> PlanForAccountAsync(Mail mail, CancellationToken cancellationToken)
    {
        var secret = vault.Open<AccountSecret>(mail.SecretKey!, mail.Id, AccountSecret.Purpose, mail.Secret!);
        var reader = new MailReader(MailText.OneLine(secret.Name), secret.Locale, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        return await AddressedAsync(
            mail, secret.Email, () => messages.Compose(mail, reader, secret.Email, new MailSecrets(Path: secret.Path, Note: secret.Note)), Nothing, cancellationToken);
    }

    private async Task<MailPlan?> PlanForRecipientAsync(Mail mail, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var recipient = await db.Recipients.AsNoTracking().SingleOrDefaultAsync(r => r.Id == mail.RecipientId, cancellationToken);
        if (recipient is not { Email.Length: > 0 })
        {
            return null;
        }

        var preferences = await db.Preferences.AsNoTracking().SingleOrDefaultAsync(p => p.RecipientId == recipient.Id, cancellationToken)
            ?? new Preferences { RecipientId = recipient.Id };
        var reference = mail.Details.Reference;
        if (mail.JobId is { } job)
        {
            var told = await db.Events.IgnoreQueryFilters().AsNoTracking().Where(e => e.JobId == job)
                .OrderByDescending(e => e.Sequence).Select(e => new { e.Mode, e.Reference }).FirstOrDefaultAsync(cancellationToken);
            if (told is null)
            {
                return null;
            }

            if (told.Mode != "live")
            {
                // Nobody is written to about what a test key does.
                return Skipped(mail, now);
            }

            reference ??= recipient.Kind == RecipientKind.Merchant ? told.Reference : null;
        }

        if (!await MaySendAsync(mail, recipient, preferences, now, cancellationToken))
        {
            return null;
        }

        var reader = MailReader.Of(recipient);
        if (mail.Template == MailTemplates.Digest)
        {
            var contained = await ContainedAsync(mail, preferences, now, cancellationToken);
            var references = await ReferencesAsync(contained, recipient, cancellationToken);
            return contained is []
                ? Skipped(mail, now)
                : await AddressedAsync(mail, recipient.Email, () => messages.ComposeDigest(mail, contained, references, reader, recipient), contained, cancellationToken);
        }

        var question = mail.Template == MailTemplates.Question
            ? await db.Questions.AsNoTracking().SingleOrDefaultAsync(q => q.Id == mail.Details.Subject, cancellationToken)
            : null;
        if (question is { AnsweredAt: not null })
        {
            return Skipped(mail, now);
        }

        var words = Open(question, recipient);
        return await AddressedAsync(
            mail,
            recipient.Email,
            () => messages.Compose(
                mail, reader, recipient.Email, new MailSecrets(Question: words, CanReply: words is not null && replies.AreOn), reference, recipient, question),
            Nothing,
            cancellationToken);
    }

    private static MailPlan? Skipped(Mail mail, DateTimeOffset now)
    {
        mail.Skip(now);
        return null;
    }

    private async Task<bool> MaySendAsync(Mail mail, Recipient recipient, Preferences preferences, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var kind = MailTemplates.KindOf(mail.Template);
        var choice = kind is null ? MailChoice.On : preferences.Of(kind);
        if (choice == MailChoice.Off)
        {
            mail.Skip(now);
            return false;
        }

        if (choice == MailChoice.Digest)
        {
            var at = preferences.NextDigest(now, recipient.Zone);
            var key = $"digest:{recipient.Id:N}:{at.UtcTicks}";
            await db.Database.ExecuteSqlAsync(
                $$"""
                INSERT INTO mails (id, recipient_id, key, template, occurred_at, details, state, attempts, failures, due_at, digest_at)
                VALUES ({{Guid.CreateVersion7(now)}}, {{recipient.Id}}, {{key}}, {{MailTemplates.Digest}}, {{at}}, '{}', 'waiting', 0, 0, {{at}}, {{at}})
                ON CONFLICT (key) DO NOTHING
                """,
                cancellationToken);
            mail.Collect(at);
            return false;
        }

        if ((kind?.Waits ?? true) && preferences.QuietUntil(now, recipient.Zone) is { } quietUntil)
        {
            mail.Postpone(quietUntil);
            return false;
        }

        return true;
    }

    private async Task<List<Mail>> ContainedAsync(Mail digest, Preferences preferences, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var unwanted = MailTemplates.All.Where(t => MailTemplates.KindOf(t) is { } kind && preferences.Of(kind) == MailChoice.Off).ToArray();
        var gathered = await db.Mails
            .Where(m => m.RecipientId == digest.RecipientId && m.State == SendState.Collected && m.DigestAt == digest.DigestAt)
            .Where(m => !unwanted.Contains(m.Template) && (m.ExpiresAt == null || m.ExpiresAt > now))
            .OrderBy(m => m.OccurredAt)
            .ToListAsync(cancellationToken);
        var asked = gathered.Where(m => m.Template == MailTemplates.Question).Select(m => m.Details.Subject).OfType<Guid>().ToArray();
        var settled = await db.Questions.Where(q => asked.Contains(q.Id) && q.AnsweredAt != null).Select(q => q.Id).ToListAsync(cancellationToken);
        foreach (var mail in gathered.Where(m => m.Template == MailTemplates.Question && m.Details.Subject is { } question && settled.Contains(question)))
        {
            mail.Skip(now);
        }

        gathered.RemoveAll(m => m.State == SendState.Skipped);
        return gathered;
    }

    /// <summary>How a merchant calls the jobs that a digest tells of, where its mails do not say it themselves.</summary>
    private async Task<Dictionary<Guid, string?>> ReferencesAsync(List<Mail> contained, Recipient recipient, CancellationToken cancellationToken)
    {
        var jobs = recipient.Kind == RecipientKind.Merchant
            ? contained.Where(m => m.Details.Reference is null).Select(m => m.JobId).OfType<Guid>().Distinct().ToArray()
            : [];
        return jobs is []
            ? []
            : await db.Events.IgnoreQueryFilters().Where(e => jobs.Contains(e.JobId)).GroupBy(e => e.JobId)
                .Select(g => new { Job = g.Key, Reference = g.Max(e => e.Reference) }).ToDictionaryAsync(j => j.Job, j => j.Reference, cancellationToken);
    }

    /// <summary>A question's words; null if they cannot be opened here, and the mail then only says that it is there.</summary>
    private string? Open(Question? question, Recipient merchant)
    {
        try
        {
            return question?.Content is { } content && merchant.DataKey is { } key ? vault.Open<string>(key, question.Id, TextPurpose.Message, content) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private async Task<MailPlan?> AddressedAsync(
        Mail mail, string address, Func<MimeMessage> compose, List<Mail> contained, CancellationToken cancellationToken)
    {
        if (!MailboxAddress.TryParse(address, out var to) || to.Address.Length == 0 || address.Any(char.IsControl)
            || await db.IsSuppressedAsync(address, cancellationToken))
        {
            mail.Refuse(time.GetUtcNow());
            return null;
        }

        return new MailPlan(compose(), messages.Sender, address, contained);
    }
}

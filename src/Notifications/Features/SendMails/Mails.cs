using Microsoft.EntityFrameworkCore;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Persistence;

namespace Zweizeiler.Notifications.Features.SendMails;

internal static class Mails
{
    /// <param name="template">Which.</param>
    /// <param name="recipient">To whom.</param>
    /// <param name="key">What it is about; one mail each.</param>
    /// <param name="occurredAt">When it happened.</param>
    /// <param name="now">The time.</param>
    /// <param name="details">What it says.</param>
    /// <param name="job">The job that it is about.</param>
    /// <param name="expiresAt">From when on it would only tell old news.</param>
    public static Mail Of(
        string template, Guid recipient, string key, DateTimeOffset occurredAt, DateTimeOffset now, MailDetails details, Guid? job = null, DateTimeOffset? expiresAt = null) => new()
        {
            Id = Guid.CreateVersion7(now),
            RecipientId = recipient,
            Key = key,
            Template = template,
            JobId = job,
            OccurredAt = occurredAt,
            Details = details,
            ExpiresAt = expiresAt,
            DueAt = now,
        };

    /// <summary>
    /// Adds it unless it is there already: the inbox knows a message that comes twice, and this knows a fact that is told by two messages. Of two
    /// that are at it at once the database lets one through; the other looks again.
    /// </summary>
    public static async Task AddOnceAsync(this NotificationsDbContext db, Mail mail, CancellationToken cancellationToken)
    {
        if (!await db.Mails.AnyAsync(m => m.Key == mail.Key, cancellationToken))
        {
            db.Add(mail);
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}

using Microsoft.EntityFrameworkCore;
using MimeKit;
using Zweizeiler.Notifications.Features.SendMails;
using Zweizeiler.Notifications.Persistence;

namespace Zweizeiler.Notifications.Features.ReceiveMails;

/// <summary>
/// Messages of mail servers about mails of ours (RFC 3464). Only what names a mail that we really sent to that address counts: nobody can have
/// somebody else's address shut off by making one up.
/// </summary>
internal static class Bounces
{
    public static bool IsReport(MimeMessage message) =>
        message.Body is MultipartReport report && string.Equals(report.ReportType, "delivery-status", StringComparison.OrdinalIgnoreCase);

    /// <returns>Whether an address was shut off.</returns>
    public static async Task<bool> TakeBounceAsync(this NotificationsDbContext db, MimeMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var report = (MultipartReport)message.Body!;
        if (Returned(report) is not { } messageId || !Guid.TryParseExact(messageId.Split('@')[0], "N", out var mailId))
        {
            return false;
        }

        var mail = await db.Mails.SingleOrDefaultAsync(m => m.Id == mailId, cancellationToken);
        var recipient = mail?.RecipientId is { } id ? await db.Recipients.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken) : null;
        if (mail is null || recipient is null)
        {
            return false;
        }

        foreach (var status in report.OfType<MessageDeliveryStatus>().SelectMany(s => s.StatusGroups))
        {
            var (action, code) = (status["Action"]?.Trim(), status["Status"]?.Trim() ?? "");
            var address = status["Final-Recipient"]?.Split(';', 2)[^1].Trim();
            if (string.Equals(action, "failed", StringComparison.OrdinalIgnoreCase)
                && code.StartsWith("5.", StringComparison.Ordinal) && code.Length <= 10
                && string.Equals(address, recipient.Email, StringComparison.OrdinalIgnoreCase))
            {
                await db.SuppressAsync(recipient.Email, code, now, cancellationToken);
                mail.Refuse(now);
                return true;
            }
        }

        return false;
    }

    private static string? Returned(MultipartReport report) =>
        report.OfType<MessagePart>().Select(p => p.Message?.MessageId).FirstOrDefault(id => id is not null)
        ?? report.OfType<TextRfc822Headers>().Select(p => p.Message?.MessageId).FirstOrDefault(id => id is not null);
}

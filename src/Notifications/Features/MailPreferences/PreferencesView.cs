using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.SendMails;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Notifications.Features.MailPreferences;

/// <summary>What is told by mail, and when.</summary>
public sealed record NotificationPreferencesView(
    [property: Description("`on`, `off` or `digest` for each kind. `invoice` and `security` are always on.")] IReadOnlyDictionary<string, string> Kinds,
    [property: Description("When no mail comes; what happens then comes at their end. Null: mails come at any time.")] QuietHoursView? QuietHours,
    [property: Description("When the digest comes, `HH:mm` in your time zone.")] string DigestAt,
    [property: Description("Your time zone (IANA), in which these times are meant.")] string TimeZone,
    [property: Description("`bounced`: your address does not take our mails, and we have stopped sending. Set it to `ok` when it does again."), AllowedValues("ok", "bounced")] string Address);

/// <summary>When no mail comes.</summary>
public sealed record QuietHoursView(
    [property: Description("`HH:mm`.")] string From, [property: Description("`HH:mm`; may lie on the next day.")] string To);

/// <summary>Somebody and what she wants.</summary>
internal sealed record Wishes(Recipient Recipient, Preferences Preferences, bool IsSuppressed)
{
    public NotificationPreferencesView View() => new(
        MailKind.Of(Recipient.Kind).ToDictionary(k => k.Name, k => SnakeCase.Name(Preferences.Of(k))),
        Preferences is { QuietFrom: { } from, QuietTo: { } to } ? new QuietHoursView(Text(from), Text(to)) : null,
        Text(Preferences.DigestAt),
        Recipient.TimeZone,
        IsSuppressed ? "bounced" : "ok");

    public static string Text(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    public static TimeOnly? Time(string? text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}

internal static class WishesQueries
{
    /// <summary>Null if nobody of this id is known (yet).</summary>
    public static async Task<Wishes?> FindWishesAsync(this NotificationsDbContext db, Guid recipientId, CancellationToken cancellationToken)
    {
        var recipient = await db.Recipients.AsNoTracking().SingleOrDefaultAsync(r => r.Id == recipientId && r.Version > 0, cancellationToken);
        if (recipient is null)
        {
            return null;
        }

        var preferences = await db.Preferences.SingleOrDefaultAsync(p => p.RecipientId == recipientId, cancellationToken);
        if (preferences is null)
        {
            preferences = new Preferences { RecipientId = recipientId };
            db.Add(preferences);
        }

        return new Wishes(recipient, preferences, await db.IsSuppressedAsync(recipient.Email, cancellationToken));
    }

    /// <summary>Sends to the address again.</summary>
    public static Task LiftAsync(this NotificationsDbContext db, Wishes wishes, CancellationToken cancellationToken)
    {
        var lower = wishes.Recipient.Email.ToLowerInvariant();
        return db.Suppressions.Where(s => s.Address == lower).ExecuteDeleteAsync(cancellationToken);
    }
}

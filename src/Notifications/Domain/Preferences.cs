namespace Zweizeiler.Notifications.Domain;

/// <summary>What somebody wants to be told by mail, and when. Without a row everything is on.</summary>
public sealed class Preferences
{
    public static readonly TimeOnly DefaultDigest = new(17, 0);

    public required Guid RecipientId { get; init; }

    public int Version { get; private set; }

    /// <summary>What differs from on, by kind.</summary>
    public Dictionary<string, MailChoice> Choices { get; private set; } = [];

    /// <summary>In the recipient's time zone; null: mails come at any time.</summary>
    public TimeOnly? QuietFrom { get; private set; }

    public TimeOnly? QuietTo { get; private set; }

    /// <summary>In the recipient's time zone.</summary>
    public TimeOnly DigestAt { get; private set; } = DefaultDigest;

    /// <summary>Duties are on, whatever was chosen.</summary>
    public MailChoice Of(MailKind kind) => kind.IsDuty ? MailChoice.On : Choices.GetValueOrDefault(kind.Name, MailChoice.On);

    /// <exception cref="InvalidOperationException">The kind is a duty.</exception>
    public void Choose(MailKind kind, MailChoice choice)
    {
        if (kind.IsDuty && choice != MailChoice.On)
        {
            throw new InvalidOperationException("A duty cannot be switched off.");
        }

        // A new dictionary, because what was read is compared with what is to be saved.
        Choices = Choices.Where(c => c.Key != kind.Name).ToDictionary();
        if (choice != MailChoice.On)
        {
            Choices[kind.Name] = choice;
        }
    }

    public void BeQuiet(TimeOnly? from, TimeOnly? to) => (QuietFrom, QuietTo) = from is null || to is null || from == to ? (null, null) : (from, to);

    public void Digest(TimeOnly at) => DigestAt = at;

    public void Changed() => Version++;

    /// <summary>When the quiet hours end in which <paramref name="now"/> lies; null if it lies in none.</summary>
    public DateTimeOffset? QuietUntil(DateTimeOffset now, TimeZoneInfo zone)
    {
        if (QuietFrom is not { } from || QuietTo is not { } to)
        {
            return null;
        }

        var local = TimeZoneInfo.ConvertTime(now, zone);
        return TimeOnly.FromTimeSpan(local.TimeOfDay).IsBetween(from, to) ? Next(to, now, zone) : null;
    }

    /// <summary>When the next digest is due.</summary>
    public DateTimeOffset NextDigest(DateTimeOffset now, TimeZoneInfo zone) => Next(DigestAt, now, zone);

    /// <summary>The next time that clocks there show <paramref name="time"/>; an hour later on the night on which they skip it.</summary>
    private static DateTimeOffset Next(TimeOnly time, DateTimeOffset now, TimeZoneInfo zone)
    {
        for (var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).Date); ; day = day.AddDays(1))
        {
            var local = day.ToDateTime(time);
            if (zone.IsInvalidTime(local))
            {
                local = local.AddHours(1);
            }

            var at = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
            if (at > now)
            {
                return at;
            }
        }
    }
}

public enum MailChoice
{
    On,
    Off,
    Digest,
}

/// <summary>A kind of mail that somebody can want or not.</summary>
/// <param name="Name">As in API and links.</param>
/// <param name="For">Who gets it.</param>
/// <param name="IsDuty">Law or contract demand it, or safety does: it cannot be switched off.</param>
/// <param name="Waits">Whether it waits for the end of quiet hours.</param>
public sealed record MailKind(string Name, RecipientKind For, bool IsDuty = false, bool Waits = true)
{
    public static readonly MailKind Delivery = new("delivery", RecipientKind.Merchant);
    public static readonly MailKind Question = new("question", RecipientKind.Merchant);
    public static readonly MailKind Promise = new("promise", RecipientKind.Merchant);
    public static readonly MailKind Cancellation = new("cancellation", RecipientKind.Merchant);
    public static readonly MailKind Complaint = new("complaint", RecipientKind.Merchant);
    public static readonly MailKind Payment = new("payment", RecipientKind.Merchant);
    public static readonly MailKind Webhooks = new("webhooks", RecipientKind.Merchant);
    public static readonly MailKind Thanks = new("thanks", RecipientKind.Merchant);
    public static readonly MailKind Invoice = new("invoice", RecipientKind.Merchant, IsDuty: true);
    public static readonly MailKind Security = new("security", RecipientKind.Merchant, IsDuty: true, Waits: false);
    public static readonly MailKind Offer = new("offer", RecipientKind.Translator);
    public static readonly MailKind Claim = new("claim", RecipientKind.Translator);
    public static readonly MailKind Review = new("review", RecipientKind.Translator);
    public static readonly MailKind Payout = new("payout", RecipientKind.Translator);
    public static readonly MailKind Praise = new("thanks", RecipientKind.Translator);
    public static readonly MailKind Statement = new("statement", RecipientKind.Translator, IsDuty: true);
    public static readonly MailKind Account = new("security", RecipientKind.Translator, IsDuty: true, Waits: false);

    public static readonly IReadOnlyList<MailKind> All =
    [
        Delivery, Question, Promise, Cancellation, Complaint, Payment, Webhooks, Thanks, Invoice, Security,
        Offer, Claim, Review, Payout, Praise, Statement, Account,
    ];

    public static IEnumerable<MailKind> Of(RecipientKind recipient) => All.Where(k => k.For == recipient);
}

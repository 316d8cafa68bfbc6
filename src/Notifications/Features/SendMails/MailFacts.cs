using System.Globalization;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>Who reads a mail.</summary>
/// <param name="Name">How she is addressed; null if it is not known.</param>
/// <param name="Locale"><c>de</c> or <c>en</c>.</param>
/// <param name="Zone">In which she reads times.</param>
public sealed record MailReader(string? Name, string Locale, TimeZoneInfo Zone)
{
    public static MailReader Of(Recipient recipient) => new(MailText.OneLine(recipient.Name), recipient.Locale, recipient.Zone);

    public bool IsGerman => Locale == "de";
}

/// <summary>What is opened only when a mail is worded.</summary>
/// <param name="Question">A translator's question.</param>
/// <param name="Path">Where an account's mail leads.</param>
/// <param name="Note">An operator's words.</param>
/// <param name="CanReply">Whether a reply to the mail arrives.</param>
public sealed record MailSecrets(string? Question = null, string? Path = null, string? Note = null, bool CanReply = false);

/// <summary>What the words of a mail are made of, in its reader's formats.</summary>
internal sealed class MailFacts(Mail mail, MailReader reader, MailSecrets secrets)
{
    private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(reader.IsGerman ? "de-DE" : "en-GB");

    public MailDetails D => mail.Details;

    /// <summary>The job's public id.</summary>
    public string Job => PublicId.Format("job", mail.JobId) ?? "";

    /// <summary>How the merchant calls the job: by her reference, or by its id.</summary>
    public string What => MailText.OneLine(D.Reference) is { Length: > 0 } reference ? reference : Job;

    /// <summary>When it happened.</summary>
    public string When => Time(mail.OccurredAt);

    public string? Until => D.Until is { } until ? Time(until) : null;

    public string? Day => D.Day?.ToString(reader.IsGerman ? "d. MMMM yyyy" : "d MMMM yyyy", _culture);

    public string Amount => MailText.Money(D.Cents ?? 0, D.Currency ?? "EUR", _culture, reader.IsGerman);

    /// <summary>Public id of an invoice, or of the delivery that is disputed.</summary>
    public string? Document => PublicId.Format(mail.JobId is null ? "inv" : "dlv", D.Subject);

    public string? Endpoint => PublicId.Format("whe", D.Subject);

    public string? Question => secrets.Question;

    public string? Path => secrets.Path;

    public string? Note => secrets.Note;

    public bool CanReply => secrets.CanReply;

    private string Time(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, reader.Zone)
        .ToString(reader.IsGerman ? "d. MMMM yyyy 'um' H:mm 'Uhr'" : "d MMMM yyyy 'at' H:mm", _culture);
}

internal static class MailText
{
    private const int LongestLine = 200;

    /// <summary>What others wrote comes into headers and greetings without line ends and other control characters.</summary>
    public static string OneLine(string? text)
    {
        var line = string.Concat((text ?? "").Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)).Trim();
        return line.Length <= LongestLine ? line : line[..(char.IsHighSurrogate(line[LongestLine - 1]) ? LongestLine - 1 : LongestLine)] + "…";
    }

    public static string Money(long cents, string currency, CultureInfo culture, bool german)
    {
        var amount = (cents / 100m).ToString("N2", culture);
        return (currency, german) switch
        {
            ("EUR", true) => $"{amount} €",
            ("EUR", false) => $"€{amount}",
            (_, true) => $"{amount} {currency}",
            _ => $"{currency} {amount}",
        };
    }
}

using System.Globalization;
using System.Text.Encodings.Web;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>A mail's words.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Html">The same as HTML.</param>
public sealed record MailWords(string Subject, string Text, string Html);

/// <summary>What mails say, in German and English. Never a text of a job, only that it is there.</summary>
public static class MailTemplates
{
    public const string Delivered = "job_delivered";

    /// <summary>The mail that an event is told by, if any: only what the merchant will want to know without asking.</summary>
    public static string? ForEvent(string type) => type == "job.delivered" ? Delivered : null;

    public static MailWords Word(string template, Recipient recipient, JobEvent told, Uri publicUrl)
    {
        if (template != Delivered)
        {
            throw new InvalidOperationException("There is no such template.");
        }

        var german = recipient.Locale == "de";
        var job = PublicId.Format("job", told.JobId);
        var what = told.Reference ?? job;
        var when = LocalTime(told.OccurredAt, recipient, german);
        var api = new Uri(publicUrl, $"/v1/jobs/{job}/deliveries");
        var docs = new Uri(publicUrl, "/docs");
        return german
            ? Compose(
                "de",
                $"Ihr Text ist da: {what}",
                $"Guten Tag {recipient.Name},",
                [$"Ihr Auftrag {job} wurde am {when} geliefert.", told.Reference is null ? "" : $"Ihr Zeichen: {told.Reference}"],
                ("Die Lieferung über die API abrufen", api),
                "Passt alles, nehmen Sie die Lieferung über die API an.",
                ("Wie das geht, steht hier", docs),
                "Freundliche Grüße",
                "Ihr Zweizeiler")
            : Compose(
                "en",
                $"Your text is here: {what}",
                $"Hello {recipient.Name},",
                [$"Your job {job} was delivered on {when}.", told.Reference is null ? "" : $"Your reference: {told.Reference}"],
                ("Get the delivery from the API", api),
                "If all is well, accept the delivery through the API.",
                ("How it is done", docs),
                "Kind regards",
                "Zweizeiler");
    }

    private static MailWords Compose(
        string language, string subject, string greeting, string[] facts, (string Words, Uri Address) get, string advice, (string Words, Uri Address) docs, string close, string name)
    {
        facts = [.. facts.Where(f => f.Length > 0)];
        var text = $"""
            {greeting}

            {string.Join('\n', facts)}

            {get.Words}:
            {get.Address}

            {advice}
            {docs.Words}: {docs.Address}

            {close}
            {name}

            """;
        var html = $"""
            <!doctype html>
            <html lang="{language}">
            <body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1a2326;background:#ffffff">
            <div style="max-width:34em;margin:0 auto">
            <p>{H(greeting)}</p>
            <p>{string.Join("<br>", facts.Select(H))}</p>
            <p><a href="{H(get.Address.AbsoluteUri)}" style="color:#0b5a5e">{H(get.Words)}</a></p>
            <p>{H(advice)} <a href="{H(docs.Address.AbsoluteUri)}" style="color:#0b5a5e">{H(docs.Words)}</a>.</p>
            <p>{H(close)}<br>{H(name)}</p>
            </div>
            </body>
            </html>

            """;
        return new MailWords(subject, text, html);
    }

    private static string H(string text) => HtmlEncoder.Default.Encode(text);

    private static string LocalTime(DateTimeOffset at, Recipient recipient, bool german)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(recipient.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return german
            ? local.ToString("d. MMMM yyyy 'um' H:mm 'Uhr'", CultureInfo.GetCultureInfo("de-DE"))
            : local.ToString("d MMMM yyyy 'at' H:mm", CultureInfo.GetCultureInfo("en-GB"));
    }
}

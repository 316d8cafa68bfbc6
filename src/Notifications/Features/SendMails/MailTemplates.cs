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

/// <summary>What a mail says besides greeting and close.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Facts">What happened; a line each.</param>
/// <param name="Link">What the link below them is called, and its path.</param>
/// <param name="Advice">What to do now, or that nothing is to be done.</param>
/// <param name="AsksForSomething">Whether there is something to do.</param>
internal sealed record MailBody(string Subject, IReadOnlyList<string> Facts, (string Words, string Path) Link, string Advice, bool AsksForSomething = true);

/// <summary>What the words of a mail are made of.</summary>
/// <param name="Job">The job's public id.</param>
/// <param name="What">How the merchant calls it: by her reference, or by its id.</param>
/// <param name="When">When it happened, in her time zone and format.</param>
/// <param name="State">The job's state after it.</param>
internal sealed record MailFacts(string Job, string What, string When, string State);

/// <summary>What mails say, in German and English. Never a text of a job, only that it is there.</summary>
public static class MailTemplates
{
    public const string Delivered = "job_delivered";
    public const string Revised = "job_revised";
    public const string Question = "job_question";
    public const string Escalated = "job_escalated";
    public const string Cancelled = "job_cancelled";
    public const string Expired = "job_expired";
    public const string Refunded = "job_refunded";
    public const string Complaint = "job_complaint";
    public const string Corrected = "job_corrected";
    public const string Credited = "job_credited";

    public static readonly IReadOnlyList<string> All =
        [Delivered, Revised, Question, Escalated, Cancelled, Expired, Refunded, Complaint, Corrected, Credited];

    /// <summary>The mail that an event is told by, if any: only what the merchant will want to know without asking.</summary>
    /// <param name="type">The event's type.</param>
    /// <param name="before">Types of the job's events before it.</param>
    public static string? ForEvent(string type, IReadOnlyCollection<string> before) => type switch
    {
        "job.delivered" => before.Contains(type) ? Revised : Delivered,
        "job.question" => Question,
        // Once is enough to know that we are at it; the next thing to be told is how it ended.
        "job.escalated" => before.Contains(type) ? null : Escalated,
        "job.cancelled" => Cancelled,
        "job.expired" => Expired,
        "job.refunded" => Refunded,
        "job.complaint" => Complaint,
        "job.corrected" => Corrected,
        "job.credited" => Credited,
        _ => null,
    };

    public static MailWords Word(string template, Recipient recipient, JobEvent told, Uri publicUrl)
    {
        var german = recipient.Locale == "de";
        var job = PublicId.Format("job", told.JobId);
        var facts = new MailFacts(job, told.Reference ?? job, LocalTime(told.OccurredAt, recipient, german), told.State);
        var body = german ? GermanMails.Word(template, facts) : EnglishMails.Word(template, facts);
        return german
            ? Compose(
                "de", $"Guten Tag {recipient.Name},", body, Reference("Ihr Zeichen"),
                body.AsksForSomething ? "Wie das geht, steht hier" : "Mehr darüber steht hier", "Freundliche Grüße", "Ihr Zweizeiler", publicUrl)
            : Compose(
                "en", $"Hello {recipient.Name},", body, Reference("Your reference"),
                body.AsksForSomething ? "How it is done" : "More about it", "Kind regards", "Zweizeiler", publicUrl);

        string? Reference(string words) => told.Reference is null ? null : $"{words}: {told.Reference}";
    }

    private static MailWords Compose(
        string language, string greeting, MailBody body, string? reference, string docs, string close, string name, Uri publicUrl)
    {
        string[] facts = reference is null ? [.. body.Facts] : [.. body.Facts, reference];
        var (link, docsLink) = (new Uri(publicUrl, body.Link.Path), new Uri(publicUrl, "/docs"));
        var text = $"""
            {greeting}

            {string.Join('\n', facts)}

            {body.Link.Words}:
            {link}

            {body.Advice}
            {docs}: {docsLink}

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
            <p><a href="{H(link.AbsoluteUri)}" style="color:#0b5a5e">{H(body.Link.Words)}</a></p>
            <p>{H(body.Advice)} <a href="{H(docsLink.AbsoluteUri)}" style="color:#0b5a5e">{H(docs)}</a>.</p>
            <p>{H(close)}<br>{H(name)}</p>
            </div>
            </body>
            </html>

            """;
        return new MailWords(body.Subject, text, html);
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

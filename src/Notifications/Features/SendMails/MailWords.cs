using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Zweizeiler.Notifications.Domain;

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
/// <param name="AsksForSomething">Whether there is something to do that the documentation tells how; null: it says nothing about it.</param>
internal sealed record MailBody(string Subject, IReadOnlyList<string> Facts, (string Words, string Path)? Link, string Advice, bool? AsksForSomething = true)
{
    /// <summary>Somebody else's words.</summary>
    public string? Quote { get; init; }
}

/// <summary>Where a mail's reader says what she wants; none if she is nobody that we know.</summary>
/// <param name="Preferences">Everything.</param>
/// <param name="Unsubscribe">This kind; null if it is of none that can be stopped.</param>
/// <param name="IsDuty">Whether it comes in any case, and says so.</param>
public sealed record MailFooter(Uri Preferences, Uri? Unsubscribe, bool IsDuty = false);

/// <summary>Words mails in German and English. Never a text of a job, only that it is there.</summary>
public static class MailComposer
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static MailWords Word(Mail mail, MailReader reader, MailSecrets secrets, MailFooter? footer, Uri publicUrl)
    {
        var body = BodyOf(mail, reader, secrets);
        var reference = mail.JobId is not null && mail.Details.Reference is not null
            ? $"{(reader.IsGerman ? "Ihr Zeichen" : "Your reference")}: {MailText.OneLine(mail.Details.Reference)}"
            : null;
        return Compose(reader, body.Subject, [new Part(reference is null ? body.Facts : [.. body.Facts, reference], body)], footer, publicUrl);
    }

    /// <summary>Many mails in one.</summary>
    public static MailWords Digest(IReadOnlyList<Mail> mails, MailReader reader, MailFooter footer, Uri publicUrl)
    {
        var parts = mails.Select(m => BodyOf(m, reader, new MailSecrets())).Select(b => new Part([b.Subject, .. b.Facts], b with { Advice = "", AsksForSomething = null }));
        var subject = (reader.IsGerman, mails.Count) switch
        {
            (true, 1) => "Heute für Sie: eine Neuigkeit",
            (true, var n) => $"Heute für Sie: {n} Neuigkeiten",
            (false, 1) => "Today for you: one piece of news",
            (false, var n) => $"Today for you: {n} pieces of news",
        };
        return Compose(reader, subject, [.. parts], footer, publicUrl);
    }

    private static MailBody BodyOf(Mail mail, MailReader reader, MailSecrets secrets)
    {
        var facts = new MailFacts(mail, reader, secrets);
        return (reader.IsGerman
                ? GermanJobMails.Word(mail.Template, facts) ?? GermanMerchantMails.Word(mail.Template, facts)
                    ?? GermanTranslatorMails.Word(mail.Template, facts) ?? GermanAccountMails.Word(mail.Template, facts)
                : EnglishJobMails.Word(mail.Template, facts) ?? EnglishMerchantMails.Word(mail.Template, facts)
                    ?? EnglishTranslatorMails.Word(mail.Template, facts) ?? EnglishAccountMails.Word(mail.Template, facts))
            ?? throw new InvalidOperationException("There is no such template.");
    }

    private sealed record Part(IReadOnlyList<string> Facts, MailBody Body);

    private static MailWords Compose(MailReader reader, string subject, IReadOnlyList<Part> parts, MailFooter? footer, Uri publicUrl)
    {
        var german = reader.IsGerman;
        var (hello, close, name) = german ? ("Guten Tag", "Freundliche Grüße", "Ihr Zweizeiler") : ("Hello", "Kind regards", "Zweizeiler");
        var greeting = string.IsNullOrEmpty(reader.Name) ? $"{hello}," : $"{hello} {reader.Name},";
        var text = new StringBuilder().Append(greeting).Append("\n\n");
        var html = new StringBuilder().Append(Paragraph(H(greeting)));
        foreach (var part in parts)
        {
            Add(part, german, publicUrl, text, html);
        }

        text.Append(close).Append('\n').Append(name).Append('\n');
        html.Append(Paragraph($"{H(close)}<br>{H(name)}"));
        if (footer is not null)
        {
            Add(footer, german, text, html);
        }

        return new MailWords(MailText.OneLine(subject), text.ToString(), MailPage.Of(reader.Locale, H(MailText.OneLine(subject)), html.ToString()));
    }

    private static void Add(Part part, bool german, Uri publicUrl, StringBuilder text, StringBuilder html)
    {
        var body = part.Body;
        text.AppendJoin('\n', part.Facts).Append("\n\n");
        html.Append(Paragraph(string.Join("<br>", part.Facts.Select(H))));
        if (body.Quote is { } quote)
        {
            var lines = quote.ReplaceLineEndings("\n").Trim().Split('\n');
            text.AppendJoin('\n', lines.Select(line => $"> {line}")).Append("\n\n");
            html.Append("<blockquote class=\"quote\" style=\"").Append(MailPage.Quote).Append("\">").AppendJoin("<br>", lines.Select(H)).Append("</blockquote>\n");
        }

        if (body.Link is var (words, path))
        {
            var link = new Uri(publicUrl, path);
            text.Append(words).Append(":\n").Append(link).Append("\n\n");
            html.Append(Paragraph(Link(link, words)));
        }

        var docs = body.AsksForSomething switch
        {
            true => german ? "Wie das geht, steht hier" : "How it is done",
            false => german ? "Mehr darüber steht hier" : "More about it",
            null => null,
        };
        if (body.Advice.Length > 0)
        {
            var docsLink = new Uri(publicUrl, "/docs");
            text.Append(body.Advice).Append('\n').Append(docs is null ? "" : $"{docs}: {docsLink}\n").Append('\n');
            html.Append(Paragraph(docs is null ? H(body.Advice) : $"{H(body.Advice)} {Link(docsLink, docs)}."));
        }
    }

    private static void Add(MailFooter footer, bool german, StringBuilder text, StringBuilder html)
    {
        var (stop, all) = german ? ("Diese Art E-Mail abbestellen", "Alle Einstellungen") : ("Stop this kind of e-mail", "All settings");
        // What comes after the delimiter is cut off by mail programs when somebody answers.
        text.Append("\n-- \n");
        html.Append("<p class=\"quiet\" style=\"").Append(MailPage.Small).Append("\">");
        if (footer.IsDuty)
        {
            var duty = german
                ? "Diese E-Mail gehört zum Vertrag oder dient Ihrer Sicherheit und kommt deshalb immer."
                : "This e-mail is part of the contract or for your safety, so it always comes.";
            text.Append(duty).Append('\n');
            html.Append(H(duty)).Append("<br>");
        }

        if (footer.Unsubscribe is { } unsubscribe)
        {
            text.Append(stop).Append(": ").Append(unsubscribe).Append('\n');
            html.Append(Link(unsubscribe, stop)).Append("<br>");
        }

        text.Append(all).Append(": ").Append(footer.Preferences).Append('\n');
        html.Append(Link(footer.Preferences, all)).Append("</p>\n");
    }

    private static string Paragraph(string inner) => $"<p>{inner}</p>\n";

    private static string Link(Uri to, string words) => $"<a href=\"{H(to.AbsoluteUri)}\" style=\"color:{MailPage.Accent}\">{H(words)}</a>";

    private static string H(string text) => Encoder.Encode(text);
}

/// <summary>The page around an HTML mail: no images, readable in the light and in the dark.</summary>
internal static class MailPage
{
    public const string Accent = "#0b5a5e";
    public const string Small = "margin-top:32px;padding-top:12px;border-top:1px solid #8a949155;font-size:14px;color:#55625f";
    public const string Quote = "margin:16px 0;padding:4px 0 4px 16px;border-left:3px solid #0b5a5e";

    public static string Of(string language, string title, string content) => $$"""
        <!doctype html>
        <html lang="{{language}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>{{title}}</title>
        <style>
        :root { color-scheme: light dark; }
        @media (prefers-color-scheme: dark) {
          .page { background: #111615 !important; color: #e7ecea !important; }
          .page a { color: #72c9c1 !important; }
          .page .quiet { color: #a2b0ac !important; }
          .page .quote { border-color: #3c7a76 !important; }
        }
        </style>
        </head>
        <body class="page" style="margin:0;padding:24px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;color:#1a2326;background:#ffffff">
        <div style="max-width:34em;margin:0 auto;overflow-wrap:anywhere">
        {{content}}</div>
        </body>
        </html>

        """;
}

using System.Net;
using System.Text.RegularExpressions;
using MimeKit;

namespace Zweizeiler.Notifications.Features.ReceiveMails;

/// <summary>What somebody wrote anew in a reply: without the mail that it quotes, without signature.</summary>
public static partial class ReplyText
{
    public static string Of(MimeMessage message)
    {
        var text = message.TextBody ?? (message.HtmlBody is { } html ? FromHtml(html) : "");
        return Cut(text);
    }

    /// <summary>Cuts off from the first line on that begins a quotation or a signature, and drops what is quoted in between.</summary>
    public static string Cut(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Replace('\u00a0', ' ').Split('\n');
        var kept = new List<string>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (BeginsHistory(lines, i))
            {
                break;
            }

            if (!lines[i].TrimStart().StartsWith('>'))
            {
                kept.Add(lines[i].TrimEnd());
            }
        }

        return string.Join('\n', kept).Trim();
    }

    private static bool BeginsHistory(string[] lines, int i)
    {
        var line = lines[i].Trim();
        if (lines[i].TrimEnd('\r') is "-- " or "--" || Divider().IsMatch(line) || SentFrom().IsMatch(line))
        {
            return true;
        }

        // "Am 23.11.2026 um 19:00 schrieb Zweizeiler <post@…>:" may be broken into two or three lines.
        for (var length = 1; length <= 3 && i + length <= lines.Length; length++)
        {
            if (Attribution().IsMatch(string.Join(' ', lines.Skip(i).Take(length).Select(l => l.Trim()))))
            {
                return true;
            }
        }

        // Outlook repeats the head of the mail: From, then Sent or To, on lines of their own.
        return HeadFrom().IsMatch(line) && lines.Skip(i + 1).Take(4).Any(l => HeadMore().IsMatch(l.Trim()));
    }

    private static string FromHtml(string html)
    {
        html = Invisible().Replace(html, "");
        html = Quoted().Replace(html, "\n> …\n");
        html = LineEnd().Replace(html, "\n");
        return WebUtility.HtmlDecode(Tag().Replace(html, ""));
    }

    [GeneratedRegex(@"^(-{2,}\s*(Original Message|Originalnachricht|Ursprüngliche Nachricht|Weitergeleitete Nachricht|Forwarded message)\s*-{2,}|_{20,})$", RegexOptions.IgnoreCase)]
    private static partial Regex Divider();

    [GeneratedRegex(@"^(Sent from my |Sent from Outlook|Get Outlook for |Von meinem .{1,40} gesendet|Gesendet mit der |Gesendet von |Diese Nachricht wurde von meinem )", RegexOptions.IgnoreCase)]
    private static partial Regex SentFrom();

    [GeneratedRegex(@"^(On\b.{4,200}\bwrote\s*:|Am\b.{4,200}\bschrieb\b.{0,200}:|Le\b.{4,200}\ba écrit\s*:)$", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 500)]
    private static partial Regex Attribution();

    [GeneratedRegex(@"^\*?(From|Von)\s*:\*?\s+\S", RegexOptions.IgnoreCase)]
    private static partial Regex HeadFrom();

    [GeneratedRegex(@"^\*?(Sent|Gesendet|To|An|Date|Datum|Subject|Betreff)\s*:\*?\s+\S", RegexOptions.IgnoreCase)]
    private static partial Regex HeadMore();

    [GeneratedRegex("<(head|style|script|title)\\b[^>]*>.*?</\\1\\s*>|<!--.*?-->", RegexOptions.IgnoreCase | RegexOptions.Singleline, matchTimeoutMilliseconds: 500)]
    private static partial Regex Invisible();

    /// <summary>What mail programs put around the mail that is answered.</summary>
    [GeneratedRegex("<blockquote\\b.*|<div[^>]*\\b(class|id)\\s*=\\s*[\"']?(gmail_quote|gmail_extra|divRplyFwdMsg|appendonsend|moz-cite-prefix|yahoo_quoted)\\b.*", RegexOptions.IgnoreCase | RegexOptions.Singleline, matchTimeoutMilliseconds: 500)]
    private static partial Regex Quoted();

    [GeneratedRegex("<br\\s*/?>|</(p|div|li|tr|h[1-6])\\s*>", RegexOptions.IgnoreCase)]
    private static partial Regex LineEnd();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}

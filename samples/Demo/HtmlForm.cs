using System.Net;
using System.Text.RegularExpressions;

namespace Zweizeiler.Demo;

/// <summary>A form of one of the portal's pages, with all that a browser would send along, the antiforgery token included.</summary>
public sealed partial class HtmlForm
{
    private HtmlForm(Uri action, Dictionary<string, string> fields)
    {
        Action = action;
        Fields = fields;
    }

    public Uri Action { get; }

    public Dictionary<string, string> Fields { get; }

    /// <summary>The first form on the page that contains <paramref name="marker"/>; null if there is none.</summary>
    public static HtmlForm? Find(string html, Uri page, string marker)
    {
        foreach (Match match in Form().Matches(html))
        {
            if (!match.Value.Contains(marker, StringComparison.Ordinal))
            {
                continue;
            }

            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (Match input in Input().Matches(match.Value))
            {
                var isChoice = Attribute(input.Value, "type") is "checkbox" or "radio" or "submit" or "button";
                if (Attribute(input.Value, "name") is { } name && !isChoice)
                {
                    fields[name] = Attribute(input.Value, "value") ?? "";
                }
            }

            foreach (Match area in TextArea().Matches(match.Value))
            {
                if (Attribute(area.Groups[1].Value, "name") is { } name)
                {
                    fields[name] = WebUtility.HtmlDecode(area.Groups[2].Value);
                }
            }

            return new HtmlForm(new Uri(page, Attribute(match.Groups[1].Value, "action") ?? page.PathAndQuery), fields);
        }

        return null;
    }

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"""\s{Regex.Escape(name)}="([^"]*)" """.TrimEnd()) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;

    [GeneratedRegex("<form([^>]*)>.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex("<textarea([^>]*)>\n?(.*?)</textarea>", RegexOptions.Singleline)]
    private static partial Regex TextArea();
}

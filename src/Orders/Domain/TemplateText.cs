using System.Text;
using System.Text.RegularExpressions;

namespace Zweizeiler.Orders.Domain;

/// <summary>
/// A text with placeholders, <c>{{orderNumber}}</c>. Everything else stands for itself; two opening braces always begin a placeholder, so that a
/// slip of the pen is found when the template is saved and not when a customer reads it.
/// </summary>
public sealed partial class TemplateText
{
    public const int MaxPlaceholders = 50;

    private readonly List<(string Text, string? Name)> _parts;

    private TemplateText(List<(string Text, string? Name)> parts) => _parts = parts;

    /// <summary>The placeholders' names, each once, in the order of their first appearance.</summary>
    public IReadOnlyList<string> Placeholders => [.. _parts.Where(p => p.Name is not null).Select(p => p.Name!).Distinct(StringComparer.Ordinal)];

    /// <param name="text">The text.</param>
    /// <param name="template">The text, read.</param>
    /// <param name="faultAt">Where two opening braces begin no placeholder.</param>
    public static bool TryParse(string text, out TemplateText template, out int faultAt)
    {
        var parts = new List<(string, string?)>();
        var at = 0;
        template = new TemplateText(parts);
        while (text.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var open)
        {
            var match = Placeholder().Match(text, open);
            if (!match.Success)
            {
                faultAt = open;
                return false;
            }

            parts.Add((text[at..open], match.Groups[1].Value));
            at = open + match.Length;
        }

        parts.Add((text[at..], null));
        faultAt = -1;
        return true;
    }

    /// <summary>Puts the values in; each placeholder must have one. What stands in a value stands for itself.</summary>
    public string Render(IReadOnlyDictionary<string, string> values)
    {
        var result = new StringBuilder();
        foreach (var (text, name) in _parts)
        {
            result.Append(text);
            if (name is not null)
            {
                result.Append(values[name]);
            }
        }

        return result.ToString();
    }

    [GeneratedRegex(@"\G\{\{[ \t]*([A-Za-z][A-Za-z0-9_]{0,39})[ \t]*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}

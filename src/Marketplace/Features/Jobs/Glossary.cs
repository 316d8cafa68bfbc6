using Microsoft.AspNetCore.Html;
using Zweizeiler.Contracts.Orders;

namespace Zweizeiler.Marketplace.Features.Jobs;

/// <summary>The merchant's terms in a text.</summary>
public static class Glossary
{
    /// <summary>The terms whose source words stand in the text, in the order of the glossary.</summary>
    public static IReadOnlyList<GlossaryTerm> In(string text, IReadOnlyList<GlossaryTerm>? terms)
    {
        if (terms is not { Count: > 0 })
        {
            return [];
        }

        var found = Found(text, terms.Select(t => t.Source));
        return [.. terms.Where(t => found.Contains(t.Source.Normalize()))];
    }

    /// <summary>Which of the words stand in the text; a word within a longer one of them does not count.</summary>
    public static IReadOnlySet<string> Found(string text, IEnumerable<string> words) =>
        WordSearch.FindAll(text.Normalize(), words.Select(w => w.Normalize())).Select(f => f.Words).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The text as HTML, encoded, with each term marked and its translations on hover; the list beside says the same to those who cannot hover.</summary>
    public static IHtmlContent Mark(string text, IReadOnlyList<GlossaryTerm>? terms)
    {
        var html = new HtmlContentBuilder();
        if (terms is not { Count: > 0 })
        {
            return WithChips(html, text);
        }

        var plain = text.Normalize();
        var bySource = terms.ToLookup(t => t.Source.Normalize(), StringComparer.OrdinalIgnoreCase);
        var at = 0;
        foreach (var (start, length, words) in WordSearch.FindAll(plain, bySource.Select(t => t.Key)))
        {
            var right = bySource[words].Where(t => !t.Forbidden).Select(t => t.Target);
            WithChips(html, plain[at..start])
                .AppendHtml("<mark class=\"term\" title=\"").Append(string.Join(" / ", right)).AppendHtml("\">")
                .Append(plain.Substring(start, length))
                .AppendHtml("</mark>");
            at = start + length;
        }

        return WithChips(html, plain[at..]);
    }

    /// <summary>What stands for something that is not shown: kept as it is, and to be put into the text by one press.</summary>
    private static HtmlContentBuilder WithChips(HtmlContentBuilder html, string text)
    {
        var at = 0;
        foreach (var match in SourceText.Placeholders().EnumerateMatches(text))
        {
            var chip = text.Substring(match.Index, match.Length);
            html.Append(text[at..match.Index]).AppendHtml("<span class=\"chip\" data-chip>").Append(chip).AppendHtml("</span>");
            at = match.Index + match.Length;
        }

        html.Append(text[at..]);
        return html;
    }
}

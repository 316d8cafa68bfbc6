using System.Globalization;
using System.Text;
using Zweizeiler.Contracts.Orders;

namespace Zweizeiler.Orders.Domain;

/// <summary>Finds the terms of a glossary that a text uses, so that the translator gets those and not all of them.</summary>
public static class TermSearch
{
    /// <summary>So many a job gets at most; who works on two lines reads no more.</summary>
    public const int MostTerms = 100;

    /// <summary>Up to this length a term is found as a whole word only: it would begin too many others.</summary>
    private const int ShortTerm = 3;

    /// <param name="terms">The glossary, in NFC.</param>
    /// <param name="text">The job's text; null for a kind without one, which gets all terms.</param>
    public static IReadOnlyList<GlossaryTerm> In(IReadOnlyList<GlossaryTerm> terms, string? text)
    {
        if (text is null)
        {
            return [.. terms.Take(MostTerms)];
        }

        var composed = text.Normalize(NormalizationForm.FormC);
        return [.. terms.Where(t => Occurs(t.Source, composed)).Take(MostTerms)];
    }

    /// <summary>
    /// A term is found, in upper or lower case, where a word begins: <c>Gutschein</c> in <c>Gutscheine</c> too, since languages bend words at their ends.
    /// Scripts that write without spaces have no such beginnings; there it is found anywhere.
    /// </summary>
    private static bool Occurs(string term, string text)
    {
        for (var at = text.IndexOf(term, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(term, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + term.Length;
            if (!(at > 0 && IsInside(text[at - 1], term[0])) && !(term.Length <= ShortTerm && end < text.Length && IsInside(term[^1], text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInside(char left, char right) => IsOfWord(left) && IsOfWord(right);

    /// <summary>Letters that have no case (Chinese, Japanese, Thai, …) do not say where a word begins.</summary>
    private static bool IsOfWord(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
        or UnicodeCategory.TitlecaseLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark;
}

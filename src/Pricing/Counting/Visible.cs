using System.Buffers;
using System.Text;
using Zweizeiler.Pricing.Unicode;

namespace Zweizeiler.Pricing.Counting;

/// <summary>
/// Second step: from a unified text, in one pass from start to end, what is to be translated. Whatever begins first wins: a line of
/// quoted history within a comment is part of the comment, a tag within quoted history part of the history. What an entity stands for is
/// text and is never read again as a tag, as quoted history or as a signature delimiter.
/// </summary>
internal readonly record struct Visible(string Text, int Signature, int Quoted, int Markup)
{
    private const string SignatureDelimiter = "-- ";

    /// <summary>Stands for a placeholder: one character that joins with no other.</summary>
    private const char Placeholder = '\uFFFC';

    private static readonly SearchValues<char> Special = SearchValues.Create("<&⟦\n");

    /// <summary>What of <paramref name="text"/> is to be translated, and how many code points were left out why.</summary>
    public static Visible Of(string text)
    {
        var visible = new StringBuilder(text.Length);
        var tags = new Tags(text);
        int quoted = 0, markup = 0;
        var at = 0;
        while (at < text.Length)
        {
            if (at == 0 || text[at - 1] == '\n')
            {
                if (IsSignatureDelimiter(text.AsSpan(at)))
                {
                    return new Visible(visible.ToString(), CodePoints(text.AsSpan(at)), quoted, markup);
                }

                if (text[at] == '>')
                {
                    var line = LengthOfLine(text.AsSpan(at));
                    quoted += CodePoints(text.AsSpan(at, line));
                    at += line;
                    continue;
                }
            }

            at += TakeOne(text.AsSpan(at), at, ref tags, visible, ref markup);
        }

        return new Visible(visible.ToString(), 0, quoted, markup);
    }

    /// <summary>Code points in well-formed UTF-16.</summary>
    public static int CodePoints(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        foreach (var c in text)
        {
            count -= char.IsLowSurrogate(c) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Takes one tag, entity, placeholder, line end or stretch of plain text. Returns its length.</summary>
    private static int TakeOne(ReadOnlySpan<char> rest, int at, ref Tags tags, StringBuilder visible, ref int markup)
    {
        switch (rest[0])
        {
            case '<' when tags.LengthAt(at) is var length and > 0:
                markup += CodePoints(rest[..length]);
                return length;
            case '&' when HtmlEntities.TryRead(rest, out var length, out var value):
                visible.Append(value);
                return length;
            case '⟦' when LengthOfPlaceholder(rest) is var length and > 0:
                visible.Append(Placeholder);
                return length;
            default:
                var next = rest[1..].IndexOfAny(Special);
                var plain = rest[0] == '\n' ? 1 : next < 0 ? rest.Length : 1 + next;
                visible.Append(rest[..plain]);
                return plain;
        }
    }

    private static bool IsSignatureDelimiter(ReadOnlySpan<char> rest) =>
        rest.StartsWith(SignatureDelimiter) && LengthOfLine(rest) == SignatureDelimiter.Length;

    private static int LengthOfLine(ReadOnlySpan<char> rest) => rest.IndexOf('\n') is var end and >= 0 ? end : rest.Length;

    /// <summary>⟦n⟧ with at least one digit.</summary>
    private static int LengthOfPlaceholder(ReadOnlySpan<char> rest)
    {
        var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && rest[1 + digits] == '⟧' ? 1 + digits + 1 : 0;
    }
}

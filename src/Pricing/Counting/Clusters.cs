using System.Globalization;
using System.Text;
using Zweizeiler.Pricing.Unicode;

namespace Zweizeiler.Pricing.Counting;

/// <summary>Third step: the extended grapheme clusters (UAX #29, as the runtime has it) of visible text, counted.</summary>
internal readonly record struct Clusters(int Characters, int Wide, int WhiteSpaceLeftOut, int Invisible)
{
    private const int EmojiStyle = 0xFE0F;

    private enum Kind
    {
        Visible,
        Wide,
        WhiteSpace,
        Invisible,
    }

    /// <summary>Counts the clusters of <paramref name="text"/>; runs of white space count once, and not at either end.</summary>
    public static Clusters Of(ReadOnlySpan<char> text)
    {
        int characters = 0, wide = 0, whiteSpace = 0, separators = 0, invisible = 0;
        var separatorPending = false;
        while (!text.IsEmpty)
        {
            var cluster = text[..StringInfo.GetNextTextElementLength(text)];
            text = text[cluster.Length..];
            var kind = KindOf(cluster, out var spaces, out var ignorables);
            if (kind is Kind.Visible or Kind.Wide)
            {
                separators += separatorPending ? 1 : 0;
                separatorPending = false;
                characters++;
                wide += kind == Kind.Wide ? 1 : 0;
            }
            else
            {
                whiteSpace += spaces;
                invisible += ignorables;
                separatorPending |= kind == Kind.WhiteSpace && characters > 0;
            }
        }

        return new Clusters(characters + separators + wide, wide, whiteSpace - separators, invisible);
    }

    /// <summary>The first code point that is seen decides; accents and the like have no width of their own.</summary>
    private static Kind KindOf(ReadOnlySpan<char> cluster, out int spaces, out int ignorables)
    {
        spaces = ignorables = 0;
        Rune? seen = null;
        var emojiStyle = false;
        foreach (var rune in cluster.EnumerateRunes())
        {
            emojiStyle |= rune.Value == EmojiStyle;
            if (UnicodeTables.IsIgnorable(rune))
            {
                ignorables++;
            }
            else if (Rune.IsWhiteSpace(rune))
            {
                spaces++;
            }
            else
            {
                seen ??= rune;
            }
        }

        return seen is not { } first ? spaces > 0 ? Kind.WhiteSpace : Kind.Invisible
            : UnicodeTables.IsWide(first) && !(emojiStyle && UnicodeTables.IsWideUnlessEmojiStyled(first)) ? Kind.Wide
            : Kind.Visible;
    }
}

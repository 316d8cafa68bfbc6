using System.Text;

namespace Zweizeiler.Pricing.Unicode;

internal static partial class UnicodeTables
{
    // The first character of each table's first range: nearly all European text is decided without a search.
    private const int FirstWide = 0x1100;
    private const int FirstIgnorable = 0xAD;

    /// <summary>East Asian wide or full width, and no emoji by itself.</summary>
    public static bool IsWide(Rune rune) => rune.Value >= FirstWide && Contains(Wide, rune.Value);

    /// <summary>Wide, but an emoji if U+FE0F follows.</summary>
    public static bool IsWideUnlessEmojiStyled(Rune rune) => Contains(WideUnlessEmojiStyled, rune.Value);

    /// <summary>Has no appearance of its own.</summary>
    public static bool IsIgnorable(Rune rune) => rune.Value >= FirstIgnorable && Contains(Ignorable, rune.Value);

    /// <summary>Has no appearance and no part in any cluster: it can be taken out of a text before anything else is looked at.</summary>
    public static bool IsIgnorableAlone(Rune rune) => rune.Value >= FirstIgnorable && Contains(IgnorableAlone, rune.Value);

    private static bool Contains(ReadOnlySpan<int> edges, int value)
    {
        var at = edges.BinarySearch(value);

        // Found: even edges begin a range, odd ones end it. Not found: ~at is the edge above, so an odd one means inside.
        return at >= 0 ? at % 2 == 0 : ~at % 2 == 1;
    }
}

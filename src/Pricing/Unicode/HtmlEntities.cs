using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Zweizeiler.Pricing.Unicode;

/// <summary>Character references as the HTML standard reads them, with their semicolon only: <c>AT&amp;T</c> and <c>&amp;copy 2026</c> stay text.</summary>
internal static partial class HtmlEntities
{
    private const int LongestName = 31;

    // What HTML reads the C1 controls as: the Windows-1252 characters of the same bytes. 0 = no such character, the control stays.
    private static ReadOnlySpan<ushort> Windows1252 =>
    [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    ];

    private static readonly FrozenDictionary<string, string> Named = Read();
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> ByName = Named.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Reads the reference that begins with the ampersand at the start of <paramref name="text"/>.</summary>
    /// <param name="text">Text from the ampersand on.</param>
    /// <param name="length">Length of the reference in UTF-16 code units.</param>
    /// <param name="value">What it stands for.</param>
    public static bool TryRead(ReadOnlySpan<char> text, out int length, out string value)
    {
        length = 0;
        value = "";
        return text.Length > 2 && (text[1] == '#' ? TryReadNumber(text, out length, out value) : TryReadName(text, out length, out value));
    }

    private static bool TryReadName(ReadOnlySpan<char> text, out int length, out string value)
    {
        var end = 1;
        while (end < text.Length && end <= LongestName && char.IsAsciiLetterOrDigit(text[end]))
        {
            end++;
        }

        length = end + 1;
        value = "";
        return end < text.Length && text[end] == ';' && ByName.TryGetValue(text[1..end], out value!);
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, out int length, out string value)
    {
        var hex = text[2] is 'x' or 'X';
        var start = hex ? 3 : 2;
        var end = start;
        var number = 0;
        while (end < text.Length && (hex ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end])))
        {
            // Beyond the last code point it does not matter how far: the number stays there instead of overflowing.
            number = Math.Min(0x110000, number * (hex ? 16 : 10) + Digit(text[end]));
            end++;
        }

        length = end + 1;
        value = Character(number);
        return end > start && end < text.Length && text[end] == ';';
    }

    private static int Digit(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;

    private static string Character(int number) => number switch
    {
        0 => "\uFFFD",
        >= 0x80 and <= 0x9F when Windows1252[number - 0x80] is var c and > 0 => ((char)c).ToString(),
        _ => Rune.IsValid(number) ? new Rune(number).ToString() : "\uFFFD",
    };

    private static FrozenDictionary<string, string> Read() =>
        Table.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(entry => entry.Split('='))
            .ToFrozenDictionary(
                parts => parts[0],
                parts => string.Concat(parts[1].Split('+').Select(c => new Rune(int.Parse(c, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))),
                StringComparer.Ordinal);
}

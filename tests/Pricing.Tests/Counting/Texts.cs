using FsCheck;
using FsCheck.Fluent;

namespace Zweizeiler.Pricing.Tests.Counting;

/// <summary>Generators of texts, made of the pieces that the rules are about.</summary>
internal static class Texts
{
    private static readonly string[] Letters = ["a", "b", "z", "Ü", "é", "ß", "ł", "1", ".", ",", "-", "–", "„", "€", "’"];
    private static readonly string[] Marks = ["e\u0301", "a\u0308\u0323", "ö\u0304", "\u0301", "\u0338", "か\u3099", "\u212B", "\u1E9B\u0323", "ᄒ\u1161\u11AB", "ᄀ", "\u1161"];
    private static readonly string[] Others = ["你", "好", "무", "が", "Ａ", "👩‍👧", "🇩🇪", "🇫", "👍🏽", "㊗", "❤️", "नमस्ते", "ก็", "\U00020000", "ж", "Ω"];
    private static readonly string[] White = [" ", "  ", "\t", "\u00A0", "\u3000", "\u202F", "\u2009"];
    private static readonly string[] Markup =
        ["<", ">", "<p>", "</p>", "<br/>", "<a b=\"c\">", "<!--", "-->", "&", "&amp;", "&uuml;", "&#769;", "&nbsp;", "&shy;", "&lt;", ";", "#", "\"", "'", "=", "/", "!", "\u037E"];
    private static readonly string[] LineStarts = ["\n> ", "\n-- \n", "\n--", ">", "-- "];
    private static readonly string[] Placeholders = ["⟦1⟧", "⟦", "⟧", "⟦22⟧"];
    private static readonly string[] Joiners = ["\u200D", "\u200C", "\uFE0F", "\u034F", "\u115F", "\u1160"];
    private static readonly string[] Broken = ["\uD800", "\uDC00", "\uFFFE", "\uFFFF", "\r", "\r\n", "\u0085", "\u2028"];

    /// <summary>Invisible characters that are part of no cluster.</summary>
    public static readonly string[] Invisible = ["\u200B", "\u00AD", "\uFEFF", "\u2060", "\u200E", "\u202E", "\0", "\a", "\u009F", "\u180E", "\u3164", "\U000E0001", "\uFFF0"];

    /// <summary>Well-formed Unicode of every kind; its line ends are line feeds.</summary>
    public static Gen<string> WellFormed => Of([.. Letters, .. Letters, .. Marks, .. Others, .. White, "\n", .. Markup, .. LineStarts, .. Placeholders, .. Joiners, .. Invisible]);

    /// <summary>Anything that a string can hold.</summary>
    public static Gen<string> Any => Gen.OneOf(WellFormed, Of([.. Letters, .. Marks, .. White, .. Markup, .. Joiners, .. Invisible, .. Broken]));

    /// <summary>Text without markup and signature; its lines may be quoted.</summary>
    public static Gen<string> Unmarked => Of([.. Letters, .. Marks, .. Others, .. White, "\n", "\n> ", .. Placeholders[..1], .. Joiners, .. Invisible]);

    /// <summary>Mostly plain European text, now and then something else.</summary>
    public static Gen<string> MostlyPlain => Gen.OneOf(
        Of([.. Letters, .. Letters, " ", " ", "  ", "\n", "\r\n", "\r", "\f", "\t", "\u00A0", "\u202F", ">", "\n>", "--", "-- ", "-- \n", ";", "#"]),
        Any);

    /// <summary>One line of ordinary characters, at least one of them to be seen.</summary>
    public static Gen<string> OneLine => Of([.. Letters[..10], .. Others, " "]).Select(t => "x" + t);

    /// <summary>Letters and digits only, of several scripts.</summary>
    public static Gen<string> Words => Gen.NonEmptyListOf(Gen.Elements("a", "ü", "Z", "7", "你", "ж")).Select(string.Concat);

    private static Gen<string> Of(string[] pieces) => Gen.ListOf(Gen.Elements(pieces)).Select(string.Concat);
}

using System.Collections.Frozen;

namespace Zweizeiler.Pricing;

/// <summary>Bank accounts of the euro payments area, checked by length and check digits (ISO 13616).</summary>
public static class Iban
{
    // Length by country, of those that take part in SEPA.
    private static readonly FrozenDictionary<string, int> Lengths = new Dictionary<string, int>
    {
        ["AD"] = 24,
        ["AL"] = 28,
        ["AT"] = 20,
        ["BE"] = 16,
        ["BG"] = 22,
        ["CH"] = 21,
        ["CY"] = 28,
        ["CZ"] = 24,
        ["DE"] = 22,
        ["DK"] = 18,
        ["EE"] = 20,
        ["ES"] = 24,
        ["FI"] = 18,
        ["FR"] = 27,
        ["GB"] = 22,
        ["GI"] = 23,
        ["GR"] = 27,
        ["HR"] = 21,
        ["HU"] = 28,
        ["IE"] = 22,
        ["IS"] = 26,
        ["IT"] = 27,
        ["LI"] = 21,
        ["LT"] = 20,
        ["LU"] = 20,
        ["LV"] = 21,
        ["MC"] = 27,
        ["MD"] = 24,
        ["ME"] = 22,
        ["MK"] = 19,
        ["MT"] = 31,
        ["NL"] = 18,
        ["NO"] = 15,
        ["PL"] = 28,
        ["PT"] = 25,
        ["RO"] = 24,
        ["RS"] = 22,
        ["SE"] = 24,
        ["SI"] = 19,
        ["SK"] = 24,
        ["SM"] = 27,
        ["VA"] = 22,
    }.ToFrozenDictionary();

    // Members of SEPA outside the European Economic Area, where a payment names the bank too.
    private static readonly FrozenSet<string> WithBank = FrozenSet.ToFrozenSet(["AD", "AL", "CH", "GB", "GI", "MC", "MD", "ME", "MK", "RS", "SM", "VA"]);

    /// <summary>Without blanks, in capitals, as it goes to the bank.</summary>
    /// <param name="text">As people write it.</param>
    public static string Normalise(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    /// <summary>What is wrong with it, and what to do about it; null if nothing.</summary>
    /// <param name="text">With or without blanks.</param>
    public static string? Fault(string text)
    {
        var iban = Normalise(text);
        if (iban.Length < 4 || !iban.All(char.IsAsciiLetterOrDigit) || !iban[..2].All(char.IsAsciiLetterUpper) || !iban[2..4].All(char.IsAsciiDigit))
        {
            return "An IBAN begins with a country's two letters and two check digits, and has letters and digits only.";
        }

        if (!Lengths.TryGetValue(iban[..2], out var length))
        {
            return $"Accounts in {iban[..2]} are not in the euro payments area; name one that is.";
        }

        if (iban.Length != length)
        {
            return $"An IBAN of {iban[..2]} has {length} characters; this one has {iban.Length}.";
        }

        return Mod97.Of(iban[4..] + iban[..4]) == 1 ? null : "The check digits do not fit: one character is wrong, or two are swapped.";
    }

    /// <summary>Whether a payment to it must name the bank's BIC.</summary>
    /// <param name="iban">A right one, normalised.</param>
    public static bool NeedsBic(string iban) => WithBank.Contains(iban[..2]);

    /// <summary>As much of it as its owner needs to know it again: country, check digits and the last four characters.</summary>
    /// <param name="iban">Normalised.</param>
    public static string Masked(string iban) => iban.Length > 8 ? $"{iban[..4]} … {iban[^4..]}" : "…";

    /// <summary>Eight or eleven characters (ISO 9362).</summary>
    /// <param name="bic">In capitals.</param>
    public static bool IsBic(string bic) =>
        bic.Length is 8 or 11 && bic[..6].All(char.IsAsciiLetterUpper) && bic[6..].All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c));
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Domain.Bank;

/// <summary>Structured creditor references (ISO 11649): <c>RF</c>, two check digits, and up to 21 letters and digits.</summary>
public static partial class CreditorReference
{
    private const int MaxLength = 25;

    /// <param name="body">Letters and digits; everything else is left out.</param>
    public static string Of(string body)
    {
        var kept = string.Concat(body.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        return kept.Length is > 0 and <= MaxLength - 4
            ? string.Create(CultureInfo.InvariantCulture, $"RF{98 - Mod97.Of(kept + "RF00"):00}{kept}")
            : throw new ArgumentException("A reference has 1 to 21 letters and digits.", nameof(body));
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out string? reference)
    {
        reference = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
        if (reference.Length is > 4 and <= MaxLength && Shape().IsMatch(reference) && Mod97.Of(reference[4..] + reference[..4]) == 1)
        {
            return true;
        }

        reference = null;
        return false;
    }

    /// <summary>
    /// Everything within a text that can be a reference, however it is spaced. People write on behind it, and one in 97 longer texts has right check digits
    /// too: which one is meant, only whoever knows the references that were given out can say.
    /// </summary>
    public static IReadOnlyList<string> FindIn(string text)
    {
        var found = new List<string>();
        foreach (Match start in Start().Matches(text))
        {
            var rest = text[start.Index..];
            // Groups of four have six blanks at most.
            for (var length = 5; length <= Math.Min(rest.Length, MaxLength + 6); length++)
            {
                if ((length == rest.Length || !char.IsAsciiLetterOrDigit(rest[length])) && TryParse(rest[..length], out var reference))
                {
                    found.Add(reference);
                }
            }
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    [GeneratedRegex("^RF[0-9]{2}[0-9A-Z]+$")]
    private static partial Regex Shape();

    [GeneratedRegex("R ?F ?[0-9] ?[0-9]", RegexOptions.IgnoreCase)]
    private static partial Regex Start();
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Zweizeiler.Marketplace.Features.Money;

/// <summary>Amounts as people type them: <c>1.234,56</c>, <c>1234.5</c>, <c>€ 12</c>, <c>-3,00</c>.</summary>
public static partial class Euros
{
    /// <summary>
    /// Null if it is no amount, or could be two: a sign before exactly three last digits parts thousands where the reader's language does so, and else
    /// nobody can tell.
    /// </summary>
    public static long? Cents(string? text, CultureInfo culture)
    {
        var plain = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c) && c != '€')).Replace('−', '-');
        var (group, point) = (culture.NumberFormat.NumberGroupSeparator, culture.NumberFormat.NumberDecimalSeparator);
        if (Grouped().Match(plain) is { Success: true } grouped && grouped.Groups["g"].Captures.All(c => c.Value == group)
            && (!grouped.Groups["p"].Success || grouped.Groups["p"].Value == point))
        {
            plain = plain.Replace(group, "", StringComparison.Ordinal);
        }

        return Plain().Match(plain) is { Success: true } match
            && decimal.TryParse(match.Value.Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var euros)
            ? (long)(euros * 100)
            : null;
    }

    [GeneratedRegex(@"^[+-]?[0-9]{1,3}(?:(?<g>[.,])[0-9]{3})+(?:(?<p>[.,])[0-9]{1,2})?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^[+-]?[0-9]{1,9}(?:[.,][0-9]{1,2})?$")]
    private static partial Regex Plain();
}

using System.Globalization;
using System.Text.RegularExpressions;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Pricing;

namespace Zweizeiler.Marketplace.Features.Workbench;

/// <summary>Something that a check found in a text about to be delivered.</summary>
/// <param name="Code">Which check.</param>
/// <param name="Detail">The place or word it is about; may be empty.</param>
/// <param name="Blocks">Errors block; warnings can be confirmed with a reason.</param>
public sealed record Finding(string Code, string Detail, bool Blocks)
{
    public const string Empty = "empty";
    public const string Untranslated = "untranslated";
    public const string NumberMissing = "number_missing";
    public const string PlaceholderMissing = "placeholder_missing";
    public const string TooLong = "too_long";

    /// <summary>Names the finding in a form.</summary>
    public string Key => $"{Code}:{Detail}";
}

/// <summary>What is looked at before a text goes to the merchant. A pure function of source and text.</summary>
public static partial class DeliveryChecks
{
    public static IReadOnlyList<Finding> Run(string kind, JobContent source, string text)
    {
        var count = LineCounter.Count(text);
        if (count.IsEmpty)
        {
            return [new Finding(Finding.Empty, "", Blocks: true)];
        }

        var own = SourceText.Own(source.Text);
        if (kind == "translation" && Squeeze(own) == Squeeze(text) && own.Any(char.IsLetter))
        {
            return [new Finding(Finding.Untranslated, "", Blocks: true)];
        }

        var findings = new List<Finding>();
        if (kind == "translation")
        {
            findings.AddRange(Missing(PlaceholderPattern(), own, text).Select(p => new Finding(Finding.PlaceholderMissing, p, Blocks: false)));
            findings.AddRange(MissingNumbers(own, text).Select(n => new Finding(Finding.NumberMissing, n, Blocks: false)));
        }

        if (source.Brief.MaxLength is { } most && count.Characters > most)
        {
            findings.Add(new Finding(Finding.TooLong, most.ToString(CultureInfo.InvariantCulture), Blocks: false));
        }

        return findings;
    }

    private static IEnumerable<string> Missing(Regex pattern, string source, string text)
    {
        var there = pattern.Matches(text).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        return pattern.Matches(source).Select(m => m.Value).Distinct(StringComparer.Ordinal).Where(value => !there.Contains(value));
    }

    /// <summary>
    /// Numbers keep their digits, not their punctuation: 1.000,50 may become 1 000,50 and 3.12. may become 03/12. So a number is there when its
    /// digits are, or when each of its groups is.
    /// </summary>
    private static IEnumerable<string> MissingNumbers(string source, string text)
    {
        var numbers = NumberPattern().Matches(PlaceholderPattern().Replace(text, " ")).Select(m => m.Value).ToList();
        var whole = numbers.Select(Digits).ToHashSet(StringComparer.Ordinal);
        var groups = numbers.SelectMany(Groups).ToHashSet(StringComparer.Ordinal);
        return NumberPattern().Matches(PlaceholderPattern().Replace(source, " "))
            .Select(m => m.Value)
            .Distinct(StringComparer.Ordinal)
            .Where(number => !whole.Contains(Digits(number)) && !Groups(number).All(groups.Contains));
    }

    private static string Digits(string number) => Plain(string.Concat(number.Where(char.IsDigit)));

    private static IEnumerable<string> Groups(string number) => DigitsPattern().Matches(number).Select(m => Plain(m.Value));

    private static string Plain(string digits) => digits.TrimStart('0') is { Length: > 0 } rest ? rest : "0";

    private static string Squeeze(string text) =>
        string.Join(' ', text.Normalize().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();

    [GeneratedRegex("⟦[^⟧]*⟧")]
    private static partial Regex PlaceholderPattern();

    [GeneratedRegex(@"\d+(?:[.,:/\-'’\u00A0\u202F ]\d+)*")]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"\d+")]
    private static partial Regex DigitsPattern();
}

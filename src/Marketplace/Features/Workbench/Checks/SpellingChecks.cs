using System.Text.RegularExpressions;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Features.Jobs;

namespace Zweizeiler.Marketplace.Features.Workbench.Checks;

/// <summary>
/// Words that the dictionary of their language does not know. Names, terms, links, numbers and what the merchant gave herself are not looked up.
/// </summary>
public static partial class SpellingChecks
{
    /// <summary>Who writes in another language than the dictionary's is not told so word by word.</summary>
    public const int MostTold = 10;

    private const int MostAsked = 1_000;
    private const int LongestWord = 60;
    private const int ShortestCompound = 8;
    private const int ShortestPart = 4;

    /// <summary>What German and Dutch put between the parts of a compound.</summary>
    private static readonly string[] Joints = ["", "s", "en", "n", "es", "e"];

    /// <summary>A word and where it stands.</summary>
    public sealed record Word(string Text, int Start);

    /// <summary>The words of a text that are to be looked up.</summary>
    public static IReadOnlyList<Word> Words(string text, JobContent source)
    {
        var plain = FormChecks.Links().Replace(SourceText.Placeholders().Replace(text, Blank), Blank);
        var names = NamesOf(source);
        return
        [
            .. WordPattern().Matches(plain)
                .Where(m => m.Length is > 1 and <= LongestWord && m.Value.Any(char.IsLower) && !IsName(m.Value, names))
                .Take(MostAsked)
                .Select(m => new Word(m.Value, m.Index)),
        ];
    }

    /// <summary>Those words of the merchant's that may be names: a dictionary of her language says which are not.</summary>
    public static IReadOnlyList<string> Given(JobContent source) =>
    [
        .. WordPattern().Matches(string.Join('\n', [source.Text, .. source.Formulation?.Points ?? [], source.Formulation?.Message, .. source.Call?.Ask ?? []]))
            .Select(m => m.Value).Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>What is told, each word once, at its first place.</summary>
    public static IEnumerable<Finding> Findings(IEnumerable<Word> words, IReadOnlySet<string> unknown, IReadOnlySet<string> names, string field) => words
        .SelectMany(w => PartPattern().Matches(w.Text).Select(m => new Word(m.Value, w.Start + m.Index)).Prepend(w))
        .Where(w => unknown.Contains(w.Text) && !names.Contains(w.Text))
        .DistinctBy(w => w.Text, StringComparer.OrdinalIgnoreCase)
        .Take(MostTold)
        .Select(w => new Finding(Finding.Spelling, w.Text, Blocks: false) { Start = w.Start, Length = w.Text.Length, Field = field });

    /// <summary>German and Dutch write compounds in one word, more than any dictionary holds: the parts to be looked up instead.</summary>
    public static IReadOnlyList<(string Left, string Right)> PartsOf(string word, string language) =>
        language is not ("de" or "nl") || word.Length < ShortestCompound || word.Any(c => !char.IsLetter(c))
            ? []
            :
            [
                .. from at in Enumerable.Range(ShortestPart, word.Length - (2 * ShortestPart) + 1)
                   let right = word[at..]
                   from joint in Joints
                   let left = word[..at]
                   where left.EndsWith(joint, StringComparison.Ordinal) && left.Length - joint.Length >= ShortestPart
                   from form in language == "de" ? [right, char.ToUpperInvariant(right[0]) + right[1..]] : new[] { right }
                   select (left[..^joint.Length], form),
            ];

    private static bool IsName(string word, HashSet<string> names) =>
        names.Contains(word) || WordPart().Split(word).Any(names.Contains) || (word.EndsWith('s') && names.Contains(word[..^1]));

    private static HashSet<string> NamesOf(JobContent source)
    {
        IEnumerable<string?> texts =
        [
            source.Brief.CustomerName, source.Brief.Greeting, .. source.Brief.MustSay, .. (source.Terms ?? []).SelectMany(t => new[] { t.Source, t.Target }),
        ];
        return texts.SelectMany(t => LettersPattern().Matches(t ?? "").Select(m => m.Value)).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static string Blank(Match match) => new(' ', match.Length);

    /// <summary>A word with what is joined to it by apostrophe or hyphen, and nothing that has digits in it.</summary>
    [GeneratedRegex(@"(?<![\p{L}\p{M}\d_@])[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*(?![\p{L}\p{M}\d_@])")]
    private static partial Regex WordPattern();

    /// <summary>The parts of a word that stand for themselves; not what goes before an apostrophe: <c>l’article</c>, <c>dell’ordine</c>.</summary>
    [GeneratedRegex(@"[\p{L}\p{M}]{2,}(?!['’\p{L}\p{M}])")]
    private static partial Regex PartPattern();

    [GeneratedRegex(@"[\p{L}\p{M}]+")]
    private static partial Regex LettersPattern();

    [GeneratedRegex("['’-]")]
    private static partial Regex WordPart();
}

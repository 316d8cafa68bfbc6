using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Zweizeiler.Marketplace.Features.Memory;

/// <summary>A sentence and its translation.</summary>
public sealed record MemoryPair(string Source, string Target);

/// <summary>Cuts texts into sentences, so that a sentence that comes again is known again.</summary>
public static partial class Segments
{
    /// <summary>Longer ones never come again.</summary>
    public const int Longest = 1_000;

    private const int Shortest = 3;

    /// <summary>
    /// Words with a full stop that are followed by a name or a noun, not by a new sentence. Those that end a sentence as often (usw., etc., No.) are left
    /// out; titles and abbreviations of one letter need not be told.
    /// </summary>
    private static readonly FrozenSet<string> Abbreviations = FrozenSet.ToFrozenSet(
    [
        "abs", "bspw", "bzw", "ca", "dipl", "dr", "evtl", "exkl", "fr", "frl", "ggf", "hd", "hl", "hr", "ing", "inkl", "lt", "nr", "prof", "st", "tel", "vgl", "zt", "zzgl",
        "mr", "mrs", "ms", "jr", "approx", "vs", "mlle", "pr", "env", "réf", "tél", "av", "bd", "sig", "sigg", "dott", "avv", "egr", "spett", "gent", "pag",
        "sr", "sra", "srta", "sres", "dra", "dña", "núm", "pág", "avda", "godz", "np", "św", "tj", "tzn", "ul", "dhr", "mevr", "mw", "drs", "bijv", "incl", "excl",
    ],
    StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<string> Of(string text)
    {
        var plain = text.Normalize().ReplaceLineEndings("\n");
        var sentences = new List<string>();
        foreach (Match piece in SentencePattern().Matches(plain))
        {
            // A line of its own is a sentence of its own.
            if (sentences is [.., var before] && piece.Index > 0 && plain[piece.Index - 1] != '\n' && GoesOn(before, piece.Value))
            {
                sentences[^1] = before + piece.Value;
            }
            else
            {
                sentences.Add(piece.Value);
            }
        }

        return [.. sentences.Select(s => s.Trim()).Where(s => s.Length > 0)];
    }

    /// <summary>
    /// Sentence by sentence where both sides have as many; otherwise the whole, because a wrong pair is worse than none. What has no letters, and what
    /// is the same on both sides, teaches nothing.
    /// </summary>
    public static IReadOnlyList<MemoryPair> Align(string source, string target)
    {
        var (from, to) = (Of(source), Of(target));
        var pairs = from.Count == to.Count
            ? from.Zip(to, (s, t) => new MemoryPair(s, t))
            : [new MemoryPair(string.Join('\n', from), string.Join('\n', to))];
        return
        [
            .. pairs.Where(p => p.Source.Length <= Longest && p.Target.Length <= Longest
                && p.Source.Count(char.IsLetter) >= Shortest && p.Target.Length > 0 && p.Source != p.Target).DistinctBy(p => Plain(p.Source)),
        ];
    }

    /// <summary>What counts as the same sentence: without regard to spaces and capitals.</summary>
    public static string Plain(string sentence) =>
        string.Join(' ', sentence.Normalize().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();

    /// <summary>Whether a full stop before a capital letter ends no sentence: after an abbreviation, and in <c>am 3. Mai</c>.</summary>
    private static bool GoesOn(string before, string next)
    {
        if (LastWordPattern().Match(before) is not { Success: true } last)
        {
            return false;
        }

        var word = last.Groups["word"].Value;
        return word switch
        {
            [var letter] when char.IsLetter(letter) => !SizePattern().IsMatch(before[..last.Index]),
            _ when OrdinalPattern().IsMatch(word) => MonthPattern().IsMatch(next) || ArticlePattern().IsMatch(before[..last.Index]),
            _ when word.Contains('.', StringComparison.Ordinal) => LettersPattern().IsMatch(word),
            _ => Abbreviations.Contains(word)
                || (word.ToLowerInvariant() is "ex" or "ej" or "es" && before[..last.Index].EndsWith("p. ", StringComparison.OrdinalIgnoreCase)),
        };
    }

    /// <summary>What stands before one full stop, parts with full stops of their own (<c>z.B</c>) included.</summary>
    [GeneratedRegex(@"(?<![\p{L}\d])(?<word>[\p{L}\d.]*[\p{L}\d])\.$")]
    private static partial Regex LastWordPattern();

    /// <summary>A size or a kind is called by a letter, and may end a sentence.</summary>
    [GeneratedRegex(@"\b(?:größe|typ|klasse|plan|variante|vitamin|size|type|class|taille|modèle|taglia|misura|talla|tipo|maat|rozmiar)[ \u00A0]$", RegexOptions.IgnoreCase)]
    private static partial Regex SizePattern();

    [GeneratedRegex(@"^\d{1,2}$")]
    private static partial Regex OrdinalPattern();

    [GeneratedRegex(@"^(?:\p{L}{1,3}\.)+\p{L}{1,3}$")]
    private static partial Regex LettersPattern();

    [GeneratedRegex(@"^\s*(?:Jan|Feb|Mär|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)\p{L}*\b")]
    private static partial Regex MonthPattern();

    /// <summary>What makes a number with a full stop an ordinal in German: <c>die 3. Lieferung</c>, <c>im 2. Stock</c>, <c>Ihre 1. Mahnung</c>.</summary>
    [GeneratedRegex(@"\b(?:am|ans?|ab|beim|bis|das|dem|den|der|des|die|eine[mnrs]?|ihre[mnrs]?|im|ins|meine[mnrs]?|unsere?[mnrs]?|vom|zum|zur)[ \u00A0]$", RegexOptions.IgnoreCase)]
    private static partial Regex ArticlePattern();

    [GeneratedRegex(@"[^\n]+?(?:[.!?…。！？]+[""“”»)’]*(?=\s+[\p{Lu}\p{Lo}¿¡„«“(])|[。！？]|\n|$)", RegexOptions.Multiline)]
    private static partial Regex SentencePattern();
}

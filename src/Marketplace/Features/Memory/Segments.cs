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

    public static IReadOnlyList<string> Of(string text) =>
        [.. SentencePattern().Matches(text.Normalize().ReplaceLineEndings("\n")).Select(m => m.Value.Trim()).Where(s => s.Length > 0)];

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

    [GeneratedRegex(@"[^\n]+?(?:[.!?…。！？]+[""“”»)’]*(?=\s+[\p{Lu}\p{Lo}¿¡„«“(])|[。！？]|\n|$)", RegexOptions.Multiline)]
    private static partial Regex SentencePattern();
}

namespace Zweizeiler.Marketplace.Features.Jobs;

/// <summary>Where words stand in a text: whole, in upper or lower case, with the short ending that a plural or a genitive adds.</summary>
internal static class WordSearch
{
    private const int ShortestWithEnding = 4;
    private const int LongestEnding = 2;

    /// <summary>From here on scripts do not part words by spaces.</summary>
    private const char FirstWide = '\u2E80';

    public static IEnumerable<(int Start, int Length)> Find(string text, string words)
    {
        if (string.IsNullOrWhiteSpace(words))
        {
            yield break;
        }

        for (var at = Next(text, words, 0); at >= 0; at = Next(text, words, at + 1))
        {
            var end = at + words.Length;
            if ((at == 0 || !Joins(text[at - 1], words[0])) && Ending(text, end, words) is { } ending)
            {
                yield return (at, words.Length + ending);
            }
        }
    }

    /// <summary>All of the words in a text, the longer before the shorter, none within another; by where they stand.</summary>
    public static IReadOnlyList<(int Start, int Length, string Words)> FindAll(string text, IEnumerable<string> words)
    {
        var all = words.Distinct(StringComparer.OrdinalIgnoreCase)
            .SelectMany(w => Find(text, w).Select(f => (f.Start, f.Length, Words: w)))
            .OrderBy(f => f.Start).ThenByDescending(f => f.Words.Length);
        var found = new List<(int Start, int Length, string Words)>();
        var end = 0;
        foreach (var one in all)
        {
            if (one.Start >= end)
            {
                found.Add(one);
                end = one.Start + one.Length;
            }
        }

        return found;
    }

    private static int Next(string text, string words, int from) =>
        from >= text.Length ? -1 : text.IndexOf(words, from, StringComparison.OrdinalIgnoreCase);

    /// <summary>How many letters more belong to the word; null when it is only the beginning of another one.</summary>
    private static int? Ending(string text, int end, string words)
    {
        var letters = 0;
        while (end + letters < text.Length && letters <= LongestEnding && Joins(text[end + letters], words[^1]))
        {
            letters++;
        }

        return letters == 0 || (words.Length >= ShortestWithEnding && letters <= LongestEnding) ? letters : null;
    }

    /// <summary>Whether a character next to the words' own makes one word with them.</summary>
    private static bool Joins(char neighbour, char own) =>
        char.IsLetterOrDigit(neighbour) && char.IsLetterOrDigit(own) && neighbour < FirstWide && own < FirstWide;
}

using System.Text.RegularExpressions;

namespace Zweizeiler.Marketplace.Features.Memory;

public enum DiffKind
{
    Same,
    Removed,
    Added,
}

/// <summary>A stretch of two texts that are compared.</summary>
public sealed record DiffPart(DiffKind Kind, string Text);

/// <summary>What one text has that another has not, word by word; and how alike they are.</summary>
public static partial class WordDiff
{
    /// <summary>More words are not compared one by one: two lines never have so many.</summary>
    private const int MostWords = 600;

    public static IReadOnlyList<DiffPart> Compare(string before, string after)
    {
        var (a, b) = (Words(before), Words(after));
        if (a.Count > MostWords || b.Count > MostWords)
        {
            return before == after ? [new DiffPart(DiffKind.Same, after)] : [new DiffPart(DiffKind.Removed, before), new DiffPart(DiffKind.Added, after)];
        }

        var parts = new List<(DiffKind Kind, string Text)>();
        var table = Table(a, b);
        var (i, j) = (0, 0);
        while (i < a.Count || j < b.Count)
        {
            if (i < a.Count && j < b.Count && a[i] == b[j])
            {
                Add(parts, DiffKind.Same, b[j]);
                (i, j) = (i + 1, j + 1);
            }
            else if (i < a.Count && (j == b.Count || table[i + 1, j] >= table[i, j + 1]))
            {
                Add(parts, DiffKind.Removed, a[i++]);
            }
            else
            {
                Add(parts, DiffKind.Added, b[j++]);
            }
        }

        return [.. parts.Select(p => new DiffPart(p.Kind, p.Text))];
    }

    /// <summary>0 to 100: the share of words that both have in the same order, without regard to capitals. 100 only for the same sentence.</summary>
    public static int Likeness(string one, string other)
    {
        if (Segments.Plain(one) == Segments.Plain(other))
        {
            return 100;
        }

        var (a, b) = (Plain(one), Plain(other));
        return a.Count + b.Count is 0 or > 2 * MostWords ? 0 : Math.Min(99, 200 * Table(a, b)[0, 0] / (a.Count + b.Count));
    }

    /// <summary>The length of the longest common run of words from each place on.</summary>
    private static int[,] Table(List<string> a, List<string> b)
    {
        var table = new int[a.Count + 1, b.Count + 1];
        for (var i = a.Count - 1; i >= 0; i--)
        {
            for (var j = b.Count - 1; j >= 0; j--)
            {
                table[i, j] = a[i] == b[j] ? table[i + 1, j + 1] + 1 : Math.Max(table[i + 1, j], table[i, j + 1]);
            }
        }

        return table;
    }

    private static void Add(List<(DiffKind Kind, string Text)> parts, DiffKind kind, string text)
    {
        if (parts.Count > 0 && parts[^1].Kind == kind)
        {
            parts[^1] = (kind, parts[^1].Text + text);
        }
        else
        {
            parts.Add((kind, text));
        }
    }

    private static List<string> Words(string text) => [.. PiecePattern().Matches(text).Select(m => m.Value)];

    private static List<string> Plain(string text) => [.. WordPattern().Matches(Segments.Plain(text)).Select(m => m.Value)];

    [GeneratedRegex(@"[\p{L}\p{M}\d'’]+|\s+|.")]
    private static partial Regex PiecePattern();

    [GeneratedRegex(@"[\p{L}\p{M}\d'’]+")]
    private static partial Regex WordPattern();
}

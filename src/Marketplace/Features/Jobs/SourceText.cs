using System.Text.RegularExpressions;

namespace Zweizeiler.Marketplace.Features.Jobs;

/// <summary>A stretch of the source: what is to be done, or what is only there for the context (quoted history, a signature) and counts nothing.</summary>
public sealed record SourcePart(bool IsContext, string Text);

/// <summary>Tells what a translator works on from what she only reads, by the same marks as the counter.</summary>
public static partial class SourceText
{
    private const string SignatureDelimiter = "-- ";

    public static IReadOnlyList<SourcePart> Split(string text)
    {
        var parts = new List<(bool IsContext, List<string> Lines)>();
        var inSignature = false;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            inSignature |= line == SignatureDelimiter;
            // An empty line belongs to what it follows.
            var isContext = inSignature || line.StartsWith('>') || (line.Length == 0 && parts is [.., { IsContext: true }]);
            if (parts is [.., var last] && last.IsContext == isContext)
            {
                last.Lines.Add(line);
            }
            else
            {
                parts.Add((isContext, [line]));
            }
        }

        return [.. parts.Select(p => new SourcePart(p.IsContext, string.Join('\n', p.Lines).Trim('\n'))).Where(p => p.Text.Length > 0)];
    }

    /// <summary>Only what is to be done.</summary>
    public static string Own(string text) => string.Join('\n', Split(text).Where(p => !p.IsContext).Select(p => p.Text));

    /// <summary>The first words on one line, cut between words.</summary>
    public static string FirstWords(string text, int length = 110)
    {
        var words = string.Join(' ', Own(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (words.Length <= length)
        {
            return words;
        }

        var cut = words.LastIndexOf(' ', length);
        var end = cut > length / 2 ? cut : length;
        // Never through the middle of a surrogate pair.
        end -= char.IsLowSurrogate(words[end]) ? 1 : 0;
        return words[..end] + " …";
    }

    /// <summary>What stands for something that the shop fills in, and is to be kept as it is: <c>⟦name⟧</c>.</summary>
    [GeneratedRegex("⟦[^⟧]*⟧")]
    internal static partial Regex Placeholders();
}

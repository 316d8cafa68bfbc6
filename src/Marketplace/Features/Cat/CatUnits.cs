using System.Globalization;
using System.Text.RegularExpressions;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Features.Memory;

namespace Zweizeiler.Marketplace.Features.Cat;

/// <summary>A sentence, or the white space between two of them.</summary>
public sealed record CatPart(string Text, bool IsSentence);

/// <summary>A line of the text that is to be translated; its placeholders by the ids that they have in the file, in their order.</summary>
public sealed record CatUnit(string Id, string Line, IReadOnlyList<CatPart> Parts, IReadOnlyList<(string Id, string Placeholder)> Codes);

/// <summary>
/// A text as CAT tools see it: a unit a line, sentences within it. Made anew from the job each time, so that a file that comes back is compared with
/// the job and not with what it says about itself.
/// </summary>
public static class CatUnits
{
    public static IReadOnlyList<CatUnit> Of(string text) => [.. LinesOf(text)
        .Select((line, i) => (Line: line, Id: IdOf(i)))
        .Where(l => !string.IsNullOrWhiteSpace(l.Line))
        .Select(l => new CatUnit(l.Id, l.Line, PartsOf(l.Line), [.. PlaceholdersIn(l.Line).Select((p, i) => (CodeOf(i), p))]))];

    /// <summary>The whole text again, of its units' translations; empty lines stand where they stood.</summary>
    public static string Join(string text, IReadOnlyDictionary<string, string> byUnit) =>
        string.Join('\n', LinesOf(text).Select((_, i) => byUnit.GetValueOrDefault(IdOf(i), ""))).Trim('\n');

    /// <summary>What has been written so far, by unit; nothing if its lines are not those of the source.</summary>
    public static IReadOnlyDictionary<string, string> Written(string text, string written)
    {
        var (from, to) = (LinesOf(text), LinesOf(written));
        return from.Length == to.Length && from.Zip(to).All(l => string.IsNullOrWhiteSpace(l.First) == string.IsNullOrWhiteSpace(l.Second))
            ? to.Select((line, i) => (Line: line, Id: IdOf(i))).Where(l => !string.IsNullOrWhiteSpace(l.Line)).ToDictionary(l => l.Id, l => l.Line)
            : new Dictionary<string, string>();
    }

    public static IReadOnlyList<CatPart> PartsOf(string line)
    {
        var parts = new List<CatPart>();
        var at = 0;
        foreach (var sentence in Segments.Of(line))
        {
            var start = line.IndexOf(sentence, at, StringComparison.Ordinal);
            if (start < 0)
            {
                return [new CatPart(line, IsSentence: true)];
            }

            Add(line[at..start], false);
            Add(sentence, true);
            at = start + sentence.Length;
        }

        Add(line[at..], false);
        // What looks like the end of a sentence within a placeholder is none.
        return parts.SelectMany(p => PlaceholdersIn(p.Text)).SequenceEqual(PlaceholdersIn(line)) ? parts : [new CatPart(line, IsSentence: true)];

        void Add(string part, bool isSentence)
        {
            if (part.Length > 0)
            {
                parts.Add(new CatPart(part, isSentence));
            }
        }
    }

    /// <summary>A text cut at its placeholders; these are kept as parts of their own.</summary>
    public static IEnumerable<(string Text, bool IsPlaceholder)> Cut(string text)
    {
        var at = 0;
        foreach (Match match in SourceText.Placeholders().Matches(text))
        {
            yield return (text[at..match.Index], false);
            yield return (match.Value, true);
            at = match.Index + match.Length;
        }

        yield return (text[at..], false);
    }

    private static IEnumerable<string> PlaceholdersIn(string text) => SourceText.Placeholders().Matches(text).Select(m => m.Value);

    private static string[] LinesOf(string text) => text.Normalize().ReplaceLineEndings("\n").Trim('\n').Split('\n');

    private static string IdOf(int line) => string.Create(CultureInfo.InvariantCulture, $"u{line + 1}");

    private static string CodeOf(int number) => string.Create(CultureInfo.InvariantCulture, $"p{number + 1}");
}

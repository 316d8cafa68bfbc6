using System.Text.RegularExpressions;
using Zweizeiler.Marketplace.Features.Jobs;

namespace Zweizeiler.Marketplace.Features.Workbench.Checks;

/// <summary>What can be seen of a text without knowing its language.</summary>
internal static partial class FormChecks
{
    private const int FewestWordsOfASentence = 4;

    /// <summary>Words that stand twice in a row in good sentences.</summary>
    private static readonly HashSet<string> RightTwice = new(StringComparer.OrdinalIgnoreCase)
    {
        "nous", "vous", "die", "der", "das", "den", "dem", "sie", "dass", "had", "that", "dat",
    };

    private static readonly Dictionary<char, char> Pairs = new() { [')'] = '(', [']'] = '[', ['}'] = '{', ['»'] = '«', ['”'] = '“' };

    public static IEnumerable<Finding> Run(CheckedText checkedText) =>
    [
        .. LeftAsItWas(checkedText),
        .. Missing(Finding.LinkMissing, Links(), checkedText.Source, checkedText.Text, checkedText.IsReply),
        .. Missing(Finding.CodeMissing, CodePattern(), Links().Replace(checkedText.Source, " "), checkedText.Text, checkedText.IsReply),
        .. StrangePlaceholders(checkedText),
        .. Brackets(checkedText),
        .. At(Finding.DoubleSpace, DoubleSpacePattern().Matches(checkedText.Text)),
        .. At(Finding.DoubleWord, DoubleWordPattern().Matches(checkedText.Text).Where(m => !RightTwice.Contains(m.Groups[1].Value))),
        .. EndPunctuation(checkedText),
    ];

    /// <summary>Whole sentences of the source that stand in the text word by word.</summary>
    private static IEnumerable<Finding> LeftAsItWas(CheckedText checkedText) => checkedText.IsReply || checkedText.IsWide
        ? []
        : SentencePattern().Matches(checkedText.Source)
            .Select(m => m.Value.Trim())
            .Where(s => WordPattern().Count(s) >= FewestWordsOfASentence)
            .Distinct(StringComparer.Ordinal)
            .Select(s => (Sentence: s, Start: checkedText.Text.IndexOf(s, StringComparison.OrdinalIgnoreCase)))
            .Where(f => f.Start >= 0)
            .Select(f => new Finding(Finding.SentenceUntranslated, f.Sentence, Blocks: false) { Start = f.Start, Length = f.Sentence.Length });

    private static IEnumerable<Finding> Missing(string code, Regex pattern, string source, string text, bool isReply) => isReply
        ? []
        : pattern.Matches(source)
            .Select(m => m.Value.TrimEnd('.', ',', ';', ':', '!', '?', ')'))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(value => !text.Contains(value, StringComparison.OrdinalIgnoreCase))
            .Select(value => new Finding(code, value, Blocks: false));

    private static IEnumerable<Finding> StrangePlaceholders(CheckedText checkedText) => SourceText.Placeholders().Matches(checkedText.Text)
        .Where(m => !checkedText.Source.Contains(m.Value, StringComparison.Ordinal))
        .DistinctBy(m => m.Value)
        .Select(m => Place(Finding.PlaceholderUnknown, m));

    private static IEnumerable<Finding> Brackets(CheckedText checkedText)
    {
        // As they are in the source, so they may stay: a smiley or a list "a)".
        if (Unbalanced(checkedText.Source) is not null && !checkedText.IsReply)
        {
            return [];
        }

        return Unbalanced(checkedText.Text) is { } at
            ? [new Finding(Finding.Bracket, checkedText.Text[at].ToString(), Blocks: false) { Start = at, Length = 1 }]
            : [];
    }

    private static int? Unbalanced(string text)
    {
        var open = new Stack<(char Sign, int At)>();
        // German writes „so“ and »so«: what closes there opens elsewhere, so only one way of each is looked at.
        var isGerman = text.Contains('„', StringComparison.Ordinal) || (text.IndexOf('»') is >= 0 and var right && right < text.IndexOf('«'));
        for (var i = 0; i < text.Length; i++)
        {
            var sign = text[i];
            if (sign is '(' or '[' or '{' || (sign is '«' or '“' && !isGerman))
            {
                open.Push((sign, i));
            }
            else if (Pairs.TryGetValue(sign, out var opening) && !(sign is '»' or '”' && isGerman))
            {
                // A smiley closes nothing.
                if (sign == ')' && i > 0 && text[i - 1] is ':' or ';' or '-')
                {
                    continue;
                }

                if (open.Count == 0 || open.Peek().Sign != opening)
                {
                    return i;
                }

                open.Pop();
            }
        }

        return open.Count > 0 ? open.Peek().At : null;
    }

    private static IEnumerable<Finding> EndPunctuation(CheckedText checkedText)
    {
        if (checkedText.IsReply || checkedText.IsWide || checkedText.SourceLanguage is "zh" or "ja")
        {
            return [];
        }

        var (source, text) = (checkedText.Source.TrimEnd(), checkedText.Text.TrimEnd());
        var (wanted, found) = (Ending(source), Ending(text));
        // A greeting that was added at the end changes how a text ends, not how many sentences it has.
        return wanted is not null && found != wanted && text.Length > 0 && Marks(text, wanted) < Marks(source, wanted)
            ? [new Finding(Finding.EndPunctuation, wanted, Blocks: false) { Start = text.Length - 1, Length = 1 }]
            : [];
    }

    /// <summary>How a text ends: a question, or a sentence of another kind. An exclamation may become a full stop elsewhere.</summary>
    private static string? Ending(string text) => text.TrimEnd('"', '“', '”', '»', '«', '\u00A0', ' ') switch
    {
        [.., '?'] => "?",
        [.., '.' or '!' or '…'] => ".",
        _ => null,
    };

    private static int Marks(string text, string wanted) => text.Count(c => wanted == "?" ? c == '?' : c is '.' or '!' or '?' or '…');

    private static IEnumerable<Finding> At(string code, IEnumerable<Match> matches) => matches.DistinctBy(m => m.Value.Trim(), StringComparer.OrdinalIgnoreCase).Select(m => Place(code, m));

    private static Finding Place(string code, Match match) => new(code, match.Value.Trim(), Blocks: false) { Start = match.Index, Length = match.Length };

    [GeneratedRegex(@"(?:https?://|www\.)[^\s<>""“”»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", RegexOptions.IgnoreCase)]
    internal static partial Regex Links();

    /// <summary>Order and article numbers: letters and digits in one word, at least four characters, in capitals.</summary>
    [GeneratedRegex(@"(?<![\w-])(?=[A-Z0-9/_-]*\d)(?=[A-Z0-9/_-]*[A-Z])[A-Z0-9][A-Z0-9/_-]{2,}[A-Z0-9](?![\w-])")]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"(?<=\S)[ \u00A0]{2,}(?=\S)")]
    private static partial Regex DoubleSpacePattern();

    [GeneratedRegex(@"(?<![\p{L}'’-])(\p{L}{2,}) \1(?![\p{L}'’-])", RegexOptions.IgnoreCase)]
    private static partial Regex DoubleWordPattern();

    [GeneratedRegex(@"[^.!?\n]+[.!?]*")]
    private static partial Regex SentencePattern();

    [GeneratedRegex(@"\p{L}{2,}")]
    private static partial Regex WordPattern();
}

namespace Zweizeiler.Pricing;

/// <summary>What was counted of a text, and therefore charged for.</summary>
/// <remarks>
/// Made by <see cref="LineCounter.Count"/>, or by <see cref="Restore"/> from stored numbers. A text of which nothing counts is no
/// exception but a value: <see cref="IsEmpty"/>; at the edge it becomes the validation fault <see cref="EmptyCode"/>.
/// </remarks>
public sealed record LineCount
{
    /// <summary>The stable code of the fault "nothing in this text counts": <c>text.empty</c>.</summary>
    public const string EmptyCode = "text.empty";

    internal LineCount(int characters, int lineLength, int rulesVersion, CountSteps? steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(characters);
        ArgumentOutOfRangeException.ThrowIfLessThan(lineLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rulesVersion, 1);
        Characters = characters;
        LineLength = lineLength;
        RulesVersion = rulesVersion;
        Steps = steps;
    }

    /// <summary>Counted characters; an East Asian wide character counts as two.</summary>
    public int Characters { get; }

    /// <summary>Characters a line (Normzeile), 55 unless the price list says otherwise.</summary>
    public int LineLength { get; }

    /// <summary>Whole lines: characters by line length, rounded up once. 0 only if nothing counts.</summary>
    public int Lines => Characters == 0 ? 0 : 1 + (Characters - 1) / LineLength;

    /// <summary>Version of the counting rules. A new version never re-prices what an old one counted.</summary>
    public int RulesVersion { get; }

    /// <summary>How the number came about; not known of a restored count.</summary>
    public CountSteps? Steps { get; }

    /// <summary>Nothing in the text counts (it is empty, white space, markup, quoted history or a signature only).</summary>
    public bool IsEmpty => Characters == 0;

    /// <summary>A count from stored or received numbers, without its steps.</summary>
    /// <param name="characters">Counted characters, not negative.</param>
    /// <param name="lineLength">Characters a line, at least 1.</param>
    /// <param name="rulesVersion">Version of the rules that counted, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static LineCount Restore(int characters, int lineLength = LineCounter.DefaultLineLength, int rulesVersion = LineCounter.RulesVersion) =>
        new(characters, lineLength, rulesVersion, null);
}

/// <summary>
/// The steps from a text to its count, so that a merchant can check it. The unit is the code point of the text in NFC, a CR LF being one.
/// Every one of them is either a counted character of its own or named here once:
/// <see cref="CodePoints"/> = the six numbers of what is left out + <see cref="LineCount.Characters"/> − <see cref="WideExtra"/>.
/// </summary>
/// <param name="CodePoints">Code points of the text.</param>
/// <param name="Signature">Left out: the signature delimiter and everything after it.</param>
/// <param name="Quoted">Left out: lines of quoted history.</param>
/// <param name="Markup">Left out: HTML tags, comments and declarations.</param>
/// <param name="WhiteSpace">Left out: white space and line ends at either end of the text, and all but one of each run within.</param>
/// <param name="Invisible">Left out: control characters and other characters that nobody sees.</param>
/// <param name="Joined">Left out: parts of a character that is counted already (accents, parts of an emoji, of an entity, of a placeholder).</param>
/// <param name="WideExtra">Added: one more for each East Asian wide character.</param>
public readonly record struct CountSteps(
    int CodePoints,
    int Signature,
    int Quoted,
    int Markup,
    int WhiteSpace,
    int Invisible,
    int Joined,
    int WideExtra);

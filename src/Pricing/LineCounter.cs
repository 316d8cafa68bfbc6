using Zweizeiler.Pricing.Counting;

namespace Zweizeiler.Pricing;

/// <summary>
/// Counts the characters and lines of a text. A character is what a reader takes for one: an extended grapheme cluster of the text in
/// NFC. Nothing that a reader does not see, and nothing that is not to be translated, counts.
/// </summary>
/// <remarks>
/// <para>The steps, in this order:</para>
/// <list type="number">
/// <item>Control characters and other invisible ones that belong to no cluster go; each line end (CR LF, CR, LF, VT, FF, NEL, LS, PS)
/// becomes one; lone surrogates become U+FFFD; NFC.</item>
/// <item>From start to end: HTML tags, comments and declarations go (by syntax, whatever their name); an entity with its semicolon becomes
/// what it stands for; a placeholder ⟦n⟧ becomes one character; a line that begins with <c>&gt;</c> goes; at a line that is <c>-- </c> alone the text ends.</item>
/// <item>Grapheme clusters of the rest: one with anything to see counts one, or two if it is East Asian wide or full width and no emoji;
/// a run of white space between such counts one; all others count nothing.</item>
/// </list>
/// <para>Unicode 16.0, which is that of .NET 10. Its clusters are those of UAX #29 without rule GB9c: an Indic conjunct counts its letters.</para>
/// </remarks>
public static class LineCounter
{
    /// <summary>Version of the counting rules that this code follows.</summary>
    public const int RulesVersion = 1;

    /// <summary>Characters of a customary Normzeile, spaces included (the unit of § 11 JVEG too).</summary>
    public const int DefaultLineLength = 55;

    /// <summary>Counts <paramref name="text"/>, in time proportional to its length.</summary>
    /// <param name="text">Any text, also with lone surrogates.</param>
    /// <param name="lineLength">Characters a line; take it from the price list.</param>
    /// <returns>The count with its steps. A text of which nothing counts is <see cref="LineCount.IsEmpty"/>: <see cref="LineCount.EmptyCode"/> at the edge.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lineLength"/> is less than 1.</exception>
    /// <exception cref="PlatformNotSupportedException">The machine cannot normalise text (no ICU).</exception>
    public static LineCount Count(string text, int lineLength = DefaultLineLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        return PlainText.TryCount(text, out var characters, out var codePoints)
            ? new LineCount(characters, lineLength, RulesVersion, new CountSteps(codePoints, 0, 0, 0, codePoints - characters, 0, 0, 0))
            : CountFully(text, lineLength);
    }

    /// <summary>The long way, which is right for every text; the short one must agree with it.</summary>
    internal static LineCount CountFully(string text, int lineLength)
    {
        var unified = Unification.Unify(text, out var invisible);
        var codePoints = Visible.CodePoints(unified) + invisible;
        var visible = Visible.Of(unified);

        // Entities may have brought in invisible characters and accents of their own, and a tag may have parted a letter from its accent.
        var counted = Unification.Unify(visible.Text, out var brought);
        invisible += brought;
        var clusters = Clusters.Of(counted);
        var leftOut = visible.Signature + visible.Quoted + visible.Markup + clusters.WhiteSpaceLeftOut + clusters.Invisible + invisible;
        return new LineCount(clusters.Characters, lineLength, RulesVersion, new CountSteps(
            codePoints,
            visible.Signature,
            visible.Quoted,
            visible.Markup,
            clusters.WhiteSpaceLeftOut,
            clusters.Invisible + invisible,
            Joined: codePoints - leftOut - (clusters.Characters - clusters.Wide),
            clusters.Wide));
    }
}

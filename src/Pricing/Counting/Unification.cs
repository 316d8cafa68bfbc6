using System.Globalization;
using System.Text;
using Zweizeiler.Pricing.Unicode;

namespace Zweizeiler.Pricing.Counting;

/// <summary>
/// First step: texts that look the same become the same. Lone surrogates become U+FFFD, invisible characters that belong to no cluster
/// go (before anything else is looked at, so that none can hide between a letter and its accent or within a tag), each line end
/// becomes one line feed, and the rest is normalised to NFC.
/// </summary>
internal static class Unification
{
    // Longer runs of combining marks occur in no language, and sorting them is quadratic in the normaliser (UAX #15, section 13).
    private const int LongestMarkRun = 30;

    // Without ICU the runtime returns other forms unchanged; then prices would depend on the machine.
    private static readonly bool CanNormalize = "e\u0301".Normalize(NormalizationForm.FormC) == "\u00E9";

    /// <summary>The unified text.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="invisible">How many code points were taken out.</param>
    public static string Unify(string text, out int invisible)
    {
        if (!CanNormalize)
        {
            throw new PlatformNotSupportedException("Counting needs Unicode normalisation: install ICU, and do not set InvariantGlobalization.");
        }

        // Nothing becomes longer: U+FFFD is one code unit like the lone surrogate that it stands for.
        var unified = new char[text.Length];
        var length = 0;
        invisible = 0;
        var afterCarriageReturn = false;
        foreach (var rune in text.EnumerateRunes())
        {
            // EnumerateRunes has made U+FFFD of lone surrogates.
            if (IsLineEnd(rune))
            {
                if (!(afterCarriageReturn && rune.Value == '\n'))
                {
                    unified[length++] = '\n';
                }

                afterCarriageReturn = rune.Value == '\r';
            }
            else if ((Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune)) || UnicodeTables.IsIgnorableAlone(rune))
            {
                invisible++;
            }
            else
            {
                // U+FFFE is a code point like any other but for the runtime's normaliser, which refuses it.
                length += (rune.Value == 0xFFFE ? Rune.ReplacementChar : rune).EncodeToUtf16(unified.AsSpan(length));
                afterCarriageReturn = false;
            }
        }

        return Normalize(new string(unified, 0, length));
    }

    /// <summary>CR, LF, VT, FF, NEL, LS, PS: Unicode's newline function characters (The Unicode Standard, section 5.8).</summary>
    private static bool IsLineEnd(Rune rune) => rune.Value is (>= '\n' and <= '\r') or '\u0085' or '\u2028' or '\u2029';

    /// <summary>NFC, piece by piece where a run of marks is too long to be a character.</summary>
    private static string Normalize(string text)
    {
        StringBuilder? pieces = null;
        var (start, at, run) = (0, 0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            run = IsMark(rune) ? run + 1 : 0;
            if (run > LongestMarkRun)
            {
                pieces = (pieces ?? new StringBuilder(text.Length)).Append(text[start..at].Normalize(NormalizationForm.FormC));
                (start, run) = (at, 1);
            }

            at += rune.Utf16SequenceLength;
        }

        return pieces is null
            ? text.Normalize(NormalizationForm.FormC)
            : pieces.Append(text[start..].Normalize(NormalizationForm.FormC)).ToString();
    }

    private static bool IsMark(Rune rune) => rune.Value >= 0x300
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}

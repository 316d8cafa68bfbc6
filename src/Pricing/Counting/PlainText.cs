namespace Zweizeiler.Pricing.Counting;

/// <summary>
/// The short way for ordinary European text: where each code unit is one visible, narrow character or white space, and nothing can be a
/// tag, an entity, a placeholder, quoted history or a signature, one look at each is enough. Everything else goes the long way.
/// </summary>
internal static class PlainText
{
    private enum Class : byte
    {
        Other,
        Visible,
        Space,
        LineEnd,
    }

    // Index: code units below U+0300, where the combining marks begin. 0 (Other) are controls, soft hyphen, < and &.
    private static readonly Class[] Classes = Build();

    /// <summary>Counts <paramref name="text"/> if it is plain.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="characters">Counted characters.</param>
    /// <param name="codePoints">Code points, a CR LF being one.</param>
    public static bool TryCount(ReadOnlySpan<char> text, out int characters, out int codePoints)
    {
        characters = 0;
        codePoints = 0;
        var (separatorPending, lineStart) = (false, true);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (ClassOf(c))
            {
                case Class.Visible when !(lineStart && (c == '>' || text[i..].StartsWith("-- "))):
                    characters += separatorPending ? 2 : 1;
                    separatorPending = lineStart = false;
                    codePoints++;
                    break;
                case Class.Space:
                    separatorPending = characters > 0;
                    lineStart = false;
                    codePoints++;
                    break;
                case Class.LineEnd:
                    separatorPending = characters > 0;
                    lineStart = true;
                    codePoints += c == '\n' && i > 0 && text[i - 1] == '\r' ? 0 : 1;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static Class ClassOf(char c) => c < Classes.Length ? Classes[c] : c switch
    {
        // Dashes, quotation marks, bullet, ellipsis, euro: common in letters, none of them with a part in any cluster but its own.
        (>= '\u2010' and <= '\u2015') or (>= '\u2018' and <= '\u201F') or '\u2022' or '\u2026' or '\u20AC' => Class.Visible,
        '\u202F' => Class.Space,
        _ => Class.Other,
    };

    private static Class[] Build()
    {
        var classes = new Class[0x300];
        for (var c = (char)0; c < classes.Length; c++)
        {
            classes[c] = c switch
            {
                >= '\n' and <= '\r' => Class.LineEnd,
                '\t' or ' ' or '\u00A0' => Class.Space,
                '<' or '&' or '\u00AD' => Class.Other,
                _ => char.IsControl(c) ? Class.Other : Class.Visible,
            };
        }

        return classes;
    }
}

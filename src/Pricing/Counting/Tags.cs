using System.Buffers;

namespace Zweizeiler.Pricing.Counting;

/// <summary>
/// Recognises HTML tags, comments and declarations by their syntax (HTML standard, section 13.1), whatever their name. What is not
/// well formed is text: <c>&lt;3</c>, <c>a &lt; b</c>, <c>&lt;anna@example.org&gt;</c>.
/// </summary>
/// <remarks>
/// Linear: of the scans that start at different <c>&lt;</c>, no two can be at the same place in the same state (outside quotes, in single,
/// in double ones), so at most three pass over any character; and a missing end of comment is searched for once.
/// </remarks>
internal ref struct Tags(ReadOnlySpan<char> text)
{
    private const string WhiteSpace = " \t\n";
    private static readonly SearchValues<char> NotInAttributeName = SearchValues.Create(WhiteSpace + "\"'<>/=");
    private static readonly SearchValues<char> NotInUnquotedValue = SearchValues.Create(WhiteSpace + "\"'<>=`");
    private static readonly SearchValues<char> EndOfDeclaration = SearchValues.Create("<>");

    private readonly ReadOnlySpan<char> _text = text;
    private bool _noMoreCommentEnds;

    /// <summary>Length of the tag, comment or declaration that begins at <paramref name="start"/>, where a <c>&lt;</c> is; 0 if there is none.</summary>
    public int LengthAt(int start)
    {
        var rest = _text[start..];
        return rest.StartsWith("<!--") ? Comment(rest)
            : rest.StartsWith("<!") ? Declaration(rest)
            : rest.StartsWith("</") ? EndTag(rest)
            : StartTag(rest);
    }

    private int Comment(ReadOnlySpan<char> rest)
    {
        // From the two dashes on: <!--> and <!---> are (empty) comments to a browser.
        var end = _noMoreCommentEnds ? -1 : rest[2..].IndexOf("-->");
        _noMoreCommentEnds |= end < 0;
        return end < 0 ? 0 : 2 + end + 3;
    }

    private static int Declaration(ReadOnlySpan<char> rest)
    {
        var end = rest.Length > 2 && char.IsAsciiLetter(rest[2]) ? rest[2..].IndexOfAny(EndOfDeclaration) : -1;
        return end >= 0 && rest[2 + end] == '>' ? 2 + end + 1 : 0;
    }

    private static int EndTag(ReadOnlySpan<char> rest)
    {
        var at = Name(rest, 2);
        if (at == 0)
        {
            return 0;
        }

        at = SkipWhiteSpace(rest, at);
        return at < rest.Length && rest[at] == '>' ? at + 1 : 0;
    }

    private static int StartTag(ReadOnlySpan<char> rest)
    {
        var at = Name(rest, 1);
        while (at > 0)
        {
            var afterSpace = SkipWhiteSpace(rest, at);
            if (afterSpace == rest.Length)
            {
                return 0;
            }

            if (rest[afterSpace] == '>')
            {
                return afterSpace + 1;
            }

            if (rest[afterSpace] == '/')
            {
                return afterSpace + 1 < rest.Length && rest[afterSpace + 1] == '>' ? afterSpace + 2 : 0;
            }

            at = afterSpace > at ? Attribute(rest, afterSpace) : 0;
        }

        return 0;
    }

    /// <summary>End of the tag name at <paramref name="at"/>; 0 if there is none.</summary>
    private static int Name(ReadOnlySpan<char> rest, int at)
    {
        if (at >= rest.Length || !char.IsAsciiLetter(rest[at]))
        {
            return 0;
        }

        while (at < rest.Length && (char.IsAsciiLetterOrDigit(rest[at]) || rest[at] is '-' or ':' or '_' or '.'))
        {
            at++;
        }

        return at;
    }

    /// <summary>End of the attribute, with its value if it has one, at <paramref name="at"/>; 0 if there is none.</summary>
    private static int Attribute(ReadOnlySpan<char> rest, int at)
    {
        var nameLength = rest[at..].IndexOfAny(NotInAttributeName);
        if (nameLength <= 0)
        {
            return 0;
        }

        at += nameLength;
        var equals = SkipWhiteSpace(rest, at);
        if (equals == rest.Length || rest[equals] != '=')
        {
            return at;
        }

        var value = SkipWhiteSpace(rest, equals + 1);
        if (value == rest.Length)
        {
            return 0;
        }

        if (rest[value] is '"' or '\'')
        {
            var length = rest[(value + 1)..].IndexOf(rest[value]);
            return length < 0 ? 0 : value + 1 + length + 1;
        }

        var unquoted = rest[value..].IndexOfAny(NotInUnquotedValue);
        return unquoted <= 0 ? 0 : value + unquoted;
    }

    private static int SkipWhiteSpace(ReadOnlySpan<char> rest, int at)
    {
        var length = rest[at..].IndexOfAnyExcept(WhiteSpace);
        return length < 0 ? rest.Length : at + length;
    }
}

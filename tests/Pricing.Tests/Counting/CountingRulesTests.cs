namespace Zweizeiler.Pricing.Tests.Counting;

/// <summary>Each rule by itself, and where rules meet.</summary>
public sealed class CountingRulesTests
{
    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\r\nb")]
    [InlineData("a\rb")]
    [InlineData("a\vb")]
    [InlineData("a\fb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    [InlineData("a\u2029b")]
    [InlineData("a\r\n\r\n\r\nb")]
    [InlineData("a \t \u00A0\u3000 b")]
    [InlineData("a \n \n b")]
    [InlineData("  a b  \n")]
    [InlineData("a \u200B b")]
    [InlineData("a \u200D b")]
    [InlineData("a \u3164 b")]
    [InlineData("a <br> b")]
    [InlineData("a\n> history\nb")]
    [InlineData("a&nbsp;b")]
    [InlineData("a&#10;&#10;b")]
    [InlineData("a\u202Fb")]
    public void White_space_of_any_kind_and_length_counts_once(string text) => Characters(text).ShouldBe(3);

    [Theory]
    [InlineData("a\u200Bb")] // zero-width space
    [InlineData("a\u00ADb")] // soft hyphen
    [InlineData("\uFEFFab")] // byte-order mark
    [InlineData("a\u200Db")] // joiner that joins nothing
    [InlineData("a\u200Cb")]
    [InlineData("\u200Dab")]
    [InlineData("a\u034Fb")]
    [InlineData("a\u2060b")]
    [InlineData("a\u202Eb")] // direction override
    [InlineData("a\uFE0Fb")] // variation selector
    [InlineData("a\u0000b\u0007\u009F")]
    [InlineData("a\u3164b")] // Hangul filler
    [InlineData("a\U000E0001b")] // language tag
    [InlineData("a&shy;b")]
    [InlineData("a&#8203;b")]
    [InlineData("a&ZeroWidthSpace;b")]
    public void What_nobody_sees_counts_nothing(string text) => Characters(text).ShouldBe(2);

    [Theory]
    [InlineData("e\u200B\u0301")] // would be two clusters if the space were taken out last
    [InlineData("e\u00AD\u0301")]
    [InlineData("e&#769;")]
    [InlineData("e&ZeroWidthSpace;&#769;")]
    [InlineData("<b>e</b>\u0301")]
    [InlineData("🇩\u200B🇪")]
    public void Nothing_invisible_hides_between_a_letter_and_its_accent(string text) => Characters(text).ShouldBe(1);

    [Theory]
    [InlineData("❤️", 1)]
    [InlineData("❤", 1)]
    [InlineData("⌚", 1)] // wide and an emoji
    [InlineData("⌚\uFE0E", 1)]
    [InlineData("1️⃣", 1)]
    [InlineData("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 1)]
    [InlineData("🏽", 1)]
    [InlineData("㊗", 2)] // an East Asian character
    [InlineData("㊗\uFE0F", 1)] // the emoji of it
    [InlineData("ﾊﾝｶｸ", 4)]
    [InlineData("ＡＢ", 4)]
    [InlineData("が", 2)]
    [InlineData("か\u3099", 2)]
    [InlineData("a\u3099", 1)]
    [InlineData("\U00020000", 2)]
    [InlineData("カタカナ、漢字。", 16)]
    [InlineData("한", 2)]
    [InlineData("ᄒ\u1161ᆫ", 2)]
    [InlineData("ก็", 1)]
    public void East_Asian_characters_count_two_and_emoji_one(string text, int characters) => Characters(text).ShouldBe(characters);

    [Theory]
    [InlineData("a < b", 5)]
    [InlineData("<3", 2)]
    [InlineData("a<b", 3)]
    [InlineData("<>", 2)]
    [InlineData("< p>", 4)]
    [InlineData("<p", 2)]
    [InlineData("</p", 3)]
    [InlineData("</3>", 4)]
    [InlineData("<anna@example.org>", 18)]
    [InlineData("<https://a.de>", 14)]
    [InlineData("<a href=>", 9)]
    [InlineData("<a b=\"c>", 8)]
    [InlineData("<a b='c'd>", 10)]
    [InlineData("<a/b>", 5)]
    [InlineData("<a =b>", 6)]
    [InlineData("</p x>", 6)]
    [InlineData("<!-- a", 6)]
    [InlineData("<!3>", 4)]
    [InlineData("<?xml?>", 7)]
    [InlineData("<p\u0338>", 3)] // p with an overlay is no tag name
    [InlineData("\u226Ep>", 3)]
    [InlineData("<\u0338p>", 3)] // the same, decomposed
    public void What_is_no_well_formed_tag_is_text(string text, int characters) => Characters(text).ShouldBe(characters);

    [Theory]
    [InlineData("<p>x</p>")]
    [InlineData("<P>x</P >")]
    [InlineData("<br>x")]
    [InlineData("<br/>x<br />")]
    [InlineData("x<a href=\"https://example.org/?a=1&b=2\" title='>'>")]
    [InlineData("<input disabled value=1 name = \"n\">x")]
    [InlineData("<o:p>x</o:p>")]
    [InlineData("<my-tag>x</my-tag>")]
    [InlineData("<!DOCTYPE html>x")]
    [InlineData("<!-- > <b> -- -->x<!---->")]
    [InlineData("<!-->x")]
    [InlineData("<!-- a\n> b\n-- \n -->x")]
    [InlineData("<a href=\"b\"\n>x</a>")]
    [InlineData("<a title=\"\n-- \n\">x")]
    [InlineData("<\u200Bp>x")]
    public void Tags_and_comments_count_nothing(string text) => Characters(text).ShouldBe(1);

    [Theory]
    [InlineData("&lt;p&gt;", 3)] // decoded, and not a tag
    [InlineData("&amp;lt;", 4)] // decoded once
    [InlineData("&gt; a", 3)] // decoded, and not quoted history
    [InlineData("<<b>p>", 3)] // one pass: what is left is not read again
    [InlineData("AT&T", 4)]
    [InlineData("&copy 1", 7)]
    [InlineData("&nosuch;", 8)]
    [InlineData("&;&#;&#x;", 9)]
    [InlineData("&euro;&#8364;&#x20ac;&#X20AC;&#128;", 5)]
    [InlineData("&#0;&#xD800;&#1114112;&#99999999999999999999;", 4)]
    [InlineData("&#128512;", 1)]
    [InlineData("&#20320;", 2)]
    [InlineData("&CounterClockwiseContourIntegral;", 1)]
    [InlineData("&NotEqualTilde;", 1)]
    [InlineData("&#x1F469;&zwj;&#x1F467;", 1)]
    [InlineData("⟦1⟧", 1)]
    [InlineData("⟦1⟧⟦23⟧", 2)]
    [InlineData("Guten Tag ⟦1⟧,", 12)]
    [InlineData("⟦⟧", 2)]
    [InlineData("⟦x⟧", 3)]
    [InlineData("⟦1", 2)]
    public void Entities_and_placeholders_count_what_they_stand_for(string text, int characters) => Characters(text).ShouldBe(characters);

    [Theory]
    [InlineData("a\n> b\n>> c", 1)]
    [InlineData("> b\na", 1)]
    [InlineData("a > b", 5)]
    [InlineData("a\n > b", 5)] // begins with a space
    [InlineData("\u200B> b\na", 1)] // begins with > for everybody who reads it
    [InlineData(">\u0338 b", 3)] // not a >
    [InlineData("a\r> b", 1)]
    [InlineData("a\u2028> b", 1)]
    [InlineData("> <b\nx>", 2)] // a tag cannot begin in what does not count
    [InlineData("a\n-- \nb", 1)]
    [InlineData("a\r\n-- \r\nb", 1)]
    [InlineData("a\n-- ", 1)]
    [InlineData("a\n--\nb", 6)]
    [InlineData("a\n-- b", 6)]
    [InlineData("a\n--  \nb", 6)]
    [InlineData("a -- \nb", 6)]
    [InlineData("> -- \na", 1)] // a signature in history ends the history's text only
    [InlineData("-- \n<!--\n", 0)]
    public void History_and_signature_count_nothing(string text, int characters) => Characters(text).ShouldBe(characters);

    [Fact]
    public void Broken_text_is_counted_too()
    {
        // Not as theory data: an attribute cannot hold a lone surrogate.
        Characters("\uD83D").ShouldBe(1);
        Characters("a\uDC00b").ShouldBe(3);
        Characters("\uDC00\uD800").ShouldBe(2);
        Characters("\uD83D\u200B\uDC69").ShouldBe(2);
        Characters("\uFFFE\uFFFF").ShouldBe(2);
        Characters("\uE000").ShouldBe(1);
    }

    private static int Characters(string text) => LineCounter.Count(text).Characters;
}

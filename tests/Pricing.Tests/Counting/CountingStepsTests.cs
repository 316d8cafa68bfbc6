using Zweizeiler.Pricing.Counting;

namespace Zweizeiler.Pricing.Tests.Counting;

/// <summary>What a merchant sees of a count besides its sum: every code point is counted, or named once where it was left out.</summary>
public sealed class CountingStepsTests
{
    /// <summary>A text, its characters, and its steps in the order in which they are declared.</summary>
    public static TheoryData<string, int, int[]> Steps { get; } = new()
    {
        { "a\r\nb", 3, [3, 0, 0, 0, 0, 0, 0, 0] },
        { "a \r\n b", 3, [5, 0, 0, 0, 2, 0, 0, 0] },
        { "\r\na", 1, [2, 0, 0, 0, 1, 0, 0, 0] },
        { "\na", 1, [2, 0, 0, 0, 1, 0, 0, 0] },
        { "a\n\nb", 3, [4, 0, 0, 0, 1, 0, 0, 0] },
        { "a\r\r\nb", 3, [4, 0, 0, 0, 1, 0, 0, 0] },
        { "a\n\rb", 3, [4, 0, 0, 0, 1, 0, 0, 0] },
        { "a\r\n\nb", 3, [4, 0, 0, 0, 1, 0, 0, 0] },
        { "a\u00ADb", 2, [3, 0, 0, 0, 0, 1, 0, 0] },
        { "a\u200B\u0300", 1, [2, 0, 0, 0, 0, 1, 0, 0] },
        { "x\u0301", 1, [2, 0, 0, 0, 0, 0, 1, 0] },
        { "\U0001F44D\U0001F3FD", 1, [2, 0, 0, 0, 0, 0, 1, 0] },
        { "㊗\uFE0F\uFE0F", 1, [3, 0, 0, 0, 0, 0, 2, 0] },
        { "漢字", 4, [2, 0, 0, 0, 0, 0, 0, 2] },
        { "\n漢", 2, [2, 0, 0, 0, 1, 0, 0, 1] },
        { "<b>x</b>", 1, [8, 0, 0, 7, 0, 0, 0, 0] },
        { "<b title='\U0001F44D'>x", 1, [14, 0, 0, 13, 0, 0, 0, 0] },
        { "a\n> b\U0001F600\nc", 3, [8, 0, 4, 0, 1, 0, 0, 0] },
        { "a\n-- \nb\U0001F600", 1, [8, 6, 0, 0, 1, 0, 0, 0] },
        { "<i>a\n> b\n-- \nc", 1, [14, 5, 3, 3, 2, 0, 0, 0] },
        { "&euro;x", 2, [7, 0, 0, 0, 0, 0, 5, 0] },
        { "a&shy;b", 2, [7, 0, 0, 0, 0, 1, 4, 0] },
        { "a&shy;\u200Bb", 2, [8, 0, 0, 0, 0, 2, 4, 0] },
        { "a \u200Db", 3, [4, 0, 0, 0, 0, 1, 0, 0] },
        { "\uFE0F\uFE0Fa", 1, [3, 0, 0, 0, 0, 2, 0, 0] },
        { "⟦12⟧", 1, [4, 0, 0, 0, 0, 0, 3, 0] },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void Every_code_point_is_named_once(string text, int characters, int[] steps)
    {
        var count = LineCounter.Count(text);
        count.Characters.ShouldBe(characters);
        var s = count.Steps!.Value;
        int[] counted = [s.CodePoints, s.Signature, s.Quoted, s.Markup, s.WhiteSpace, s.Invisible, s.Joined, s.WideExtra];
        counted.ShouldBe(steps);
    }

    /// <summary>A run of marks that no language has is normalised in pieces of 30; what it looks like and counts stays the same.</summary>
    [Theory]
    [InlineData(29, 29)] // in one piece, where the dot below goes before the circumflexes and makes ậ of one of them
    [InlineData(30, 31)] // in two, where it stays apart
    public void Of_a_run_of_marks_only_so_many_are_sorted(int circumflexes, int codePoints)
    {
        var count = LineCounter.Count("a" + new string('\u0302', circumflexes) + "\u0323");
        (count.Characters, count.Steps!.Value.CodePoints).ShouldBe((1, codePoints));
    }

    [Fact]
    public void A_grave_is_one_of_the_marks_of_a_run() =>
        LineCounter.Count("a" + new string('\u0302', 29) + "\u0300\u0323").Steps!.Value.CodePoints.ShouldBe(31);

    [Fact]
    public void A_run_of_marks_in_several_pieces_loses_none()
    {
        var count = LineCounter.Count("a" + new string('\u0302', 100) + "b");
        (count.Characters, count.Steps!.Value.CodePoints, count.Steps.Value.Joined).ShouldBe((2, 101, 99));
    }

    /// <summary>Letters are no marks: an accent goes to its letter however much is written before it.</summary>
    [Theory]
    [InlineData('x', "e\u0301")]
    [InlineData('и', "e\u0301")]
    [InlineData('и', "и\u0306")] // a letter as far up as the marks
    public void An_accent_goes_to_its_letter_wherever_it_stands(char letter, string accented)
    {
        for (var before = 25; before <= 35; before++)
        {
            LineCounter.Count(new string(letter, before) + accented).Steps!.Value.CodePoints.ShouldBe(before + 1);
        }
    }

    [Theory]
    [InlineData("<!--><!-- a -->x", 1)] // an empty comment is one that ends
    [InlineData("<!", 2)]
    [InlineData("<!a <b>x", 5)]
    [InlineData("<a /", 4)]
    [InlineData("<", 1)]
    [InlineData("</", 2)]
    [InlineData("<a b=", 5)]
    [InlineData("<a b=\" >x", 9)] // a value that does not end
    [InlineData("<a b=\"\">x", 1)]
    [InlineData("<a b=c>x", 1)] // a value without quotes ends with the tag
    [InlineData("<a b=c\"d>x", 10)] // and has none inside
    [InlineData("<a b=c<d>x", 7)]
    [InlineData("<a ", 2)]
    [InlineData("&#", 2)]
    [InlineData("&ab", 3)]
    [InlineData("&#12", 4)]
    [InlineData("&#x1f", 5)]
    [InlineData("&#4a;", 5)] // no digit in tens
    [InlineData("&#159;", 1)] // Ÿ, as HTML reads the control of that number
    [InlineData("&#xAD;", 0)]
    [InlineData("ᄀ", 2)]
    [InlineData("a\u115Fb", 2)] // a filler is no white space
    public void What_ends_too_early_is_text_and_what_does_not_is_not(string text, int characters) =>
        LineCounter.Count(text).Characters.ShouldBe(characters);

    [Fact]
    public void Nothing_at_all_is_no_text() => Should.Throw<ArgumentNullException>(() => LineCounter.Count(null!));

    /// <summary>The short way is what makes counting a letter cheap: it must be taken, and not only be right where it is taken.</summary>
    [Fact]
    public void Ordinary_European_text_takes_the_short_way()
    {
        const string visible = "aZ09.,;:!?()-äöüßéñçœšžÀÖĿſƀɐʯʷ˿ \u2010\u2015\u2018\u201F\u2022\u2026\u20AC\u0020\u00A0\u202F\t\n\v\f\r";
        foreach (var c in visible)
        {
            PlainText.TryCount($"a{c}b", out _, out _).ShouldBeTrue($"U+{(int)c:X4}");
        }

        foreach (var text in (string[])["", " ", "\n\n", "-- ", "> a", "a > b", "--\n", "a -- b", "a\r\n\r\nb"])
        {
            PlainText.TryCount(text, out _, out _).ShouldBe(text is not ("-- " or "> a"), text);
        }
    }

    [Theory]
    [InlineData("a\n> b")]
    [InlineData("a\n-- \nb")]
    [InlineData("a<b")]
    [InlineData("a&b")]
    [InlineData("a\u00ADb")]
    [InlineData("a\u0007b")]
    [InlineData("a\u0300")]
    [InlineData("a\u200Bb")]
    [InlineData("a\u2016b")]
    [InlineData("a\u2017b")]
    [InlineData("a\u2020b")]
    [InlineData("⟦1⟧")]
    [InlineData("漢")]
    public void Everything_else_goes_the_long_way(string text) => PlainText.TryCount(text, out _, out _).ShouldBeFalse();
}

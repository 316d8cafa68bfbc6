namespace Zweizeiler.Pricing.Tests.Counting;

/// <summary>The table of the counting rules, to the letter.</summary>
public sealed class CountingTableTests
{
    public static TheoryData<string, int, int> Table => new()
    {
        { "Hallo", 5, 1 },
        { new string('a', 55), 55, 1 },
        { new string('a', 56), 56, 2 },
        { "a\n\nb", 3, 1 },
        { "\u00E9", 1, 1 },
        { "e\u0301", 1, 1 },
        { "👩‍👩‍👧‍👦 🇩🇪 👍🏽", 5, 1 },
        { "무료 배송", 9, 1 },
        { "무료 배송".Normalize(System.Text.NormalizationForm.FormD), 9, 1 },
        { "ich <3 Köln", 11, 1 },
        { "你好", 4, 1 },
        { "<p>Gr&uuml;&szlig;e</p>", 5, 1 },
        { new string('a', 1632), 1632, 30 },
        { new string('a', 50_707), 50_707, 922 },
        { "नमस्ते दुनिया", 8, 1 },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Counts_as_the_table_says(string text, int characters, int lines)
    {
        var count = LineCounter.Count(text);
        count.Characters.ShouldBe(characters);
        count.Lines.ShouldBe(lines);
        count.RulesVersion.ShouldBe(1);
        count.IsEmpty.ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" \t\r\n\u00A0\u3000\u2028")]
    [InlineData("\u200B\u00AD\uFEFF\u2060")]
    [InlineData("\u200D")]
    [InlineData("\u0000\u0007")]
    [InlineData("<p></p>")]
    [InlineData("<!-- nothing -->")]
    [InlineData("> only\n> history")]
    [InlineData("-- \nAnna")]
    [InlineData("&nbsp;&shy;&ZeroWidthSpace;")]
    public void A_text_of_which_nothing_counts_is_empty(string text)
    {
        var count = LineCounter.Count(text);
        count.IsEmpty.ShouldBeTrue();
        count.Lines.ShouldBe(0);
        LineCount.EmptyCode.ShouldBe("text.empty");
    }

    [Fact]
    public void The_line_length_is_the_price_lists() => LineCounter.Count("abcde", 2).Lines.ShouldBe(3);

    [Fact]
    public void A_line_has_at_least_one_character() => Should.Throw<ArgumentOutOfRangeException>(() => LineCounter.Count("a", 0));

    [Fact]
    public void A_restored_count_has_the_same_lines_and_no_steps()
    {
        var count = LineCount.Restore(56);
        count.Lines.ShouldBe(LineCounter.Count(new string('a', 56)).Lines);
        count.Steps.ShouldBeNull();
    }

    [Fact]
    public void The_steps_name_everything_that_was_left_out()
    {
        var count = LineCounter.Count("  <b>Gru\u0308\u00ADße</b> 你 &amp; ⟦12⟧\r\n> war\n-- \nAnna");
        count.Characters.ShouldBe(12); // Grüße 你(2) & ⟦12⟧, separated by spaces
        count.Steps.ShouldBe(new CountSteps(
            CodePoints: 43, Signature: 8, Quoted: 5, Markup: 7, WhiteSpace: 4, Invisible: 1, Joined: 7, WideExtra: 1));
    }
}

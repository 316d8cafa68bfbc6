using System.Diagnostics;
using System.Text;

namespace Zweizeiler.Pricing.Tests.Counting;

/// <summary>A megabyte that is made to be slow is counted about as fast as any: four times the text, not sixteen times the work.</summary>
public sealed class AdversarialTextTests
{
    private const int Length = 1_000_000;

    public static TheoryData<string> Units =>
    [
        "<", "<<<<a", "<a ", "<a b=\"", "<a b='\" ", "<a x=' z=\" y=\"", "<!--", "<!-- -", "<!a", "</a", "<a b c d e f ",
        "&", "&#", "&#1", "&amp", "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "⟦", "⟦1", ">", ">\n", "-- ", "--\n", "\n", "\r", " \u200B", "\u200D", "\u0301",
        "\u0316\u0301", "\u0301\u0316", "\u1B44\u0300\u0316", "\u302E\u0301", "e\u0301", "ᄀ", "\u1160", "🇩", "👩\u200D", "\u0600", "\uD800", "你", "\u00AD", "a",
    ];

    [Theory]
    [MemberData(nameof(Units))]
    public void Is_counted_in_time(string unit)
    {
        var text = Repeat(unit, Length);
        var watch = Stopwatch.StartNew();
        var count = LineCounter.Count(text);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10)); // a quadratic scan of a megabyte takes minutes
        count.Characters.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void One_huge_attribute_and_number_are_read_once()
    {
        LineCounter.Count($"<a b=\"{new string('<', Length)}\">x").Characters.ShouldBe(1);
        LineCounter.Count($"<a {Repeat("b=c ", Length)}>x").Characters.ShouldBe(1);
        LineCounter.Count($"&#{new string('0', Length)}65;").Characters.ShouldBe(1);
        LineCounter.Count($"⟦{new string('1', Length)}⟧").Characters.ShouldBe(1);
    }

    [Fact]
    public void A_heap_of_accents_on_one_letter_is_one_character() =>
        LineCounter.Count("e" + Repeat("\u0316\u0301", Length)).Characters.ShouldBe(1);

    private static string Repeat(string unit, int length)
    {
        var text = new StringBuilder(length + unit.Length);
        while (text.Length < length)
        {
            text.Append(unit);
        }

        return text.ToString();
    }
}

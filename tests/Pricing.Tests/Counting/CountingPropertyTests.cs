using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Zweizeiler.Pricing.Tests.Counting;

public sealed class CountingPropertyTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(40);

    [Fact]
    public void Every_number_is_at_least_zero_and_every_code_point_is_accounted_for() => Holds(Texts.Any, text =>
    {
        var count = LineCounter.Count(text);
        var s = count.Steps!.Value;
        int[] leftOut = [s.Signature, s.Quoted, s.Markup, s.WhiteSpace, s.Invisible, s.Joined];
        return count.Characters >= 0 && s.WideExtra >= 0 && leftOut.All(n => n >= 0)
            && s.CodePoints == leftOut.Sum() + count.Characters - s.WideExtra
            && count.Lines == (int)Math.Ceiling(count.Characters / 55m);
    });

    [Fact]
    public void More_to_see_never_counts_less() => Holds(Texts.Any, Texts.Words, (text, words) =>
        Characters(text + words) >= Characters(text)
        && (Characters(text) == 0 || Characters(text + " " + words) >= Characters(text)));

    [Fact]
    public void What_is_seen_counts() => Holds(Texts.Unmarked, Texts.Words, (text, words) =>
        Characters(text + "\n" + words) >= Characters(text) + words.EnumerateRunes().Count());

    [Fact]
    public void The_normalisation_form_does_not_matter() => Holds(Texts.WellFormed, text =>
        LineCounter.Count(text.Normalize(NormalizationForm.FormD)) == LineCounter.Count(text)
        && LineCounter.Count(text.Normalize(NormalizationForm.FormC)) == LineCounter.Count(text));

    [Fact]
    public void Invisible_characters_do_not_matter_wherever_they_stand() => Holds(Texts.Any, Gen.Elements(Texts.Invisible), (text, invisible) =>
        Insertions(text, invisible).All(padded => Characters(padded) == Characters(text)));

    [Fact]
    public void Joiners_between_letters_do_not_matter() => Holds(Texts.Words, Gen.Elements("\u200D", "\u200C", "\uFE0F", "\u034F"), (words, joiner) =>
        Insertions(words, joiner).All(padded => Characters(padded) == Characters(words)));

    [Fact]
    public void The_style_of_line_ends_does_not_matter() => Holds(
        Texts.WellFormed,
        Gen.Elements("\r\n", "\r", "\v", "\f", "\u0085", "\u2028", "\u2029"),
        (text, lineEnd) => LineCounter.Count(text.Replace("\n", lineEnd, StringComparison.Ordinal)) == LineCounter.Count(text));

    [Fact]
    public void Two_texts_one_below_the_other_count_their_sum_and_the_line_end() => Holds(Texts.Unmarked, Texts.Unmarked, (above, below) =>
    {
        var (a, b) = (Characters(above), Characters(below));
        return Characters(above + "\n" + below) == a + b + (a > 0 && b > 0 ? 1 : 0);
    });

    [Fact]
    public void A_text_in_a_tag_counts_as_it_does_without() => Holds(Texts.OneLine, text =>
        Characters($"<p class=\"a\">{text}</p>") == Characters(text));

    [Fact]
    public void A_text_written_in_entities_counts_as_it_does_without() => Holds(Texts.OneLine, text =>
        Characters(WebUtility.HtmlEncode(text)) == Characters(text));

    [Fact]
    public void The_short_way_agrees_with_the_long_one() => Holds(Texts.MostlyPlain, text =>
        LineCounter.Count(text) == LineCounter.CountFully(text, LineCounter.DefaultLineLength));

    [Fact]
    public void The_short_way_agrees_with_the_long_one_on_every_character_of_the_basic_plane()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            foreach (var text in (string[])[$"{(char)c}", $"a{(char)c}b", $"a {(char)c}", $"\n{(char)c} b"])
            {
                LineCounter.Count(text).ShouldBe(LineCounter.CountFully(text, LineCounter.DefaultLineLength), $"U+{c:X4}");
            }
        }
    }

    private static int Characters(string text) => LineCounter.Count(text).Characters;

    private static IEnumerable<string> Insertions(string text, string inserted)
    {
        var at = 0;
        yield return inserted + text;
        foreach (var rune in text.EnumerateRunes())
        {
            at = Math.Min(text.Length, at + rune.Utf16SequenceLength);
            yield return text.Insert(at, inserted);
        }
    }

    private static void Holds(Gen<string> texts, Func<string, bool> property) =>
        Prop.ForAll(texts.ToArbitrary(), text => property(text).Label(Escape(text))).Check(Config);

    private static void Holds(Gen<string> texts, Gen<string> others, Func<string, string, bool> property) =>
        Prop.ForAll(texts.ToArbitrary(), others.ToArbitrary(), (text, other) => property(text, other).Label($"{Escape(text)} | {Escape(other)}")).Check(Config);

    private static string Escape(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c.ToString() : $"\\u{(int)c:X4}"));
}

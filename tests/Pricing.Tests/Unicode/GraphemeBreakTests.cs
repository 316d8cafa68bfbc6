using System.Globalization;
using System.Text;

namespace Zweizeiler.Pricing.Tests.Unicode;

/// <summary>
/// Unicode's own test of grapheme clusters, of version 15.0: the last one before rule GB9c (Indic conjuncts), which .NET 10 does not
/// have, although its character data are those of 16.0; <see cref="The_runtime_has_no_rule_GB9c"/> tests that.
/// </summary>
public sealed class GraphemeBreakTests
{
    private static readonly List<(string Line, IReadOnlyList<string> Clusters)> Cases = Read();

    [Fact]
    public void The_file_is_whole() => Cases.Count.ShouldBe(602);

    [Fact]
    public void The_runtime_breaks_where_Unicode_says() =>
        Cases.Where(c => !Elements(string.Concat(c.Clusters)).SequenceEqual(c.Clusters)).Select(c => c.Line).ShouldBeEmpty();

    [Fact]
    public void The_counter_counts_what_is_seen_of_each_cluster() =>
        Cases.Where(c =>
            {
                var count = LineCounter.Count(string.Concat(c.Clusters));
                return count.Characters - count.Steps!.Value.WideExtra != Seen(c.Clusters);
            })
            .Select(c => c.Line).ShouldBeEmpty();

    [Theory]
    [InlineData("क्त")] // 0915 094D 0924
    [InlineData("क्‍त")] // with a joiner
    public void The_runtime_has_no_rule_GB9c(string conjunct) => LineCounter.Count(conjunct).Characters.ShouldBe(2);

    [Theory]
    [InlineData(0x0897, UnicodeCategory.NonSpacingMark)] // new in 16.0
    [InlineData(0x1ACF, UnicodeCategory.OtherNotAssigned)] // new in 17.0
    public void The_runtimes_data_are_those_of_our_tables(int codePoint, UnicodeCategory category) =>
        CharUnicodeInfo.GetUnicodeCategory(codePoint).ShouldBe(category);

    /// <summary>Clusters with anything to see, and one for each run of white space between two of them.</summary>
    private static int Seen(IReadOnlyList<string> clusters)
    {
        var shape = string.Concat(clusters.Select(c =>
            c.EnumerateRunes().Any(r => !Rune.IsWhiteSpace(r) && !Rune.IsControl(r) && r.Value is not (0x200C or 0x200D or 0x034F or 0x1160)) ? 'x'
            : c.Any(char.IsWhiteSpace) ? ' ' : '0')).Replace("0", "", StringComparison.Ordinal).Trim();
        return string.Join(' ', shape.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Length;
    }

    private static IEnumerable<string> Elements(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            yield return elements.GetTextElement();
        }
    }

    private static List<(string Line, IReadOnlyList<string> Clusters)> Read()
    {
        using var reader = new StreamReader(typeof(GraphemeBreakTests).Assembly.GetManifestResourceStream("GraphemeBreakTest.txt")!, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n')
            .Select(line => line.Split('#')[0].Trim())
            .Where(line => line.Length > 0)
            .Select(line => (line, (IReadOnlyList<string>)[.. line.Split('÷', StringSplitOptions.RemoveEmptyEntries).Select(Cluster)]))];
    }

    private static string Cluster(string codePoints) => string.Concat(
        codePoints.Split('×').Select(c => char.ConvertFromUtf32(int.Parse(c.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
}

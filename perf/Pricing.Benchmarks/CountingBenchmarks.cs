using BenchmarkDotNet.Attributes;

namespace Zweizeiler.Pricing.Benchmarks;

/// <summary>Counting: the everyday two-liner, the longest text that the API takes, and texts that are made to be slow.</summary>
[MemoryDiagnoser]
public class CountingBenchmarks
{
    private readonly string _german = "Guten Tag Frau Martin, Ihr Paket ist heute unterwegs;\nwir melden uns, sobald es bei Ihnen ist.";
    private readonly string _emoji = "Guten Tag Frau Martin, Ihr Paket ist heute unterwegs;\nwir melden uns, sobald es bei Ihnen ist. 🙂";
    private readonly string _html = "<p>Guten Tag Frau Martin, Ihr Paket ist heute unterwegs;<br>\nwir melden uns, sobald es da ist. Gr&uuml;&szlig;e</p>";
    private readonly string _tenThousandPlain = Repeat("Ihr Paket ist unterwegs. ", 10_000);
    private readonly string _tenThousandMixed = Repeat("Votre colis «\u00A0n°\u00A07\u00A0» est en route 🚚. ありがとう! ", 10_000);
    private readonly string _lessThan = Repeat("<", 256 * 1024);
    private readonly string _unclosed = Repeat("<a x=' z=\" y=\"", 256 * 1024);
    private readonly string _ampersands = Repeat("&amp", 256 * 1024);
    private readonly string _marks = Repeat("\u0316\u0301", 128 * 1024);

    [Benchmark(Baseline = true, Description = "a German two-liner (94 characters)")]
    public int TwoLiner() => LineCounter.Count(_german).Lines;

    [Benchmark(Description = "the same with an emoji")]
    public int TwoLinerWithEmoji() => LineCounter.Count(_emoji).Lines;

    [Benchmark(Description = "the same in HTML")]
    public int TwoLinerInHtml() => LineCounter.Count(_html).Lines;

    [Benchmark(Description = "10,000 plain characters")]
    public int TenThousandPlain() => LineCounter.Count(_tenThousandPlain).Lines;

    [Benchmark(Description = "10,000 mixed characters")]
    public int TenThousandMixed() => LineCounter.Count(_tenThousandMixed).Lines;

    [Benchmark(Description = "256 KB of <")]
    public int LessThan() => LineCounter.Count(_lessThan).Lines;

    [Benchmark(Description = "256 KB of tags that never close")]
    public int Unclosed() => LineCounter.Count(_unclosed).Lines;

    [Benchmark(Description = "256 KB of &amp without semicolon")]
    public int Ampersands() => LineCounter.Count(_ampersands).Lines;

    [Benchmark(Description = "256 KB (UTF-8) of accents on one letter")]
    public int Marks() => LineCounter.Count(_marks).Lines;

    private static string Repeat(string unit, int length) => string.Concat(Enumerable.Repeat(unit, length / unit.Length + 1))[..length];
}

using BenchmarkDotNet.Attributes;

namespace Zweizeiler.Pricing.Benchmarks;

/// <summary>Pricing: one job, and the largest request of jobs.</summary>
[MemoryDiagnoser]
public class PriceBenchmarks
{
    private static readonly TaxTreatment Tax = TaxRules.Germany.For("DE", isBusiness: true, vatIdValid: true);
    private static readonly string[] Pairs = ["de-fr", "de-en", "fr-de", "en-ja"];

    private readonly JobOrder[] _fifty =
        [.. Enumerable.Range(0, 50).Select(i => JobOrder.Translation(LanguagePair.Parse(Pairs[i % 4]), LineCount.Restore(50 + i * 7), Urgency.Standard))];

    [Benchmark(Description = "price one job")]
    public long One() => JobPricer.Price(PriceList.Initial, _fifty[0], Tax).Net.Cents;

    [Benchmark(Description = "price a bundle of 50")]
    public int Bundle() => JobPricer.PriceBundle(PriceList.Initial, _fifty, Tax).Count;
}

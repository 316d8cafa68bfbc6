using static Zweizeiler.Pricing.Tests.Prices.Lists;

namespace Zweizeiler.Pricing.Tests.Prices;

public sealed class BundleTests
{
    [Fact]
    public void Jobs_of_one_pair_and_kind_share_one_minimum() =>
        Billed(List, Translation(1), Translation(1)).ShouldBe([1, 1]);

    [Fact]
    public void Other_pairs_and_kinds_have_a_minimum_of_their_own() =>
        Billed(List, Translation(1), Translation(1, "de-en"), JobOrder.Summary(GermanFrench, Lines(1), Urgency.Standard)).ShouldBe([2, 2, 2]);

    [Fact]
    public void One_job_is_no_bundle() => Billed(List, Translation(1)).ShouldBe([2]);

    [Fact]
    public void No_jobs_have_no_prices() => Billed(List).ShouldBeEmpty();

    [Fact]
    public void What_is_missing_to_the_minimum_the_first_bears()
    {
        var list = With("\"minimumLines\":2", "\"minimumLines\":7");
        Billed(list, Translation(1), Translation(2), Translation(1, "de-en")).ShouldBe([5, 2, 7]);
    }

    [Fact]
    public void The_minimum_of_formulations_is_shared_by_what_was_ordered_and_stays_when_less_is_delivered()
    {
        var list = With("\"minimumLines\":2", "\"minimumLines\":5");
        var order = JobOrder.Formulation(GermanFrench, 3, Urgency.Standard);
        var reserved = JobPricer.PriceBundle(list, [order, order], Domestic);
        reserved.Select(p => p.BilledLines).ShouldBe([3, 3]);
        reserved.Select(p => p.MinimumLines).ShouldBe([3, 2]);
        reserved.Select(p => JobPricer.Price(list, order.Delivered(Lines(1)), Domestic, p.MinimumLines).BilledLines).ShouldBe([3, 2]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_share_lies_between_nothing_and_the_minimum(int share) =>
        Should.Throw<ArgumentOutOfRangeException>(() => JobPricer.Price(List, Translation(1), Domestic, share));

    private static JobOrder Translation(int lines, string pair = "de-fr") => JobOrder.Translation(LanguagePair.Parse(pair), Lines(lines), Urgency.Standard);

    private static IEnumerable<int> Billed(PriceList list, params JobOrder[] orders) =>
        JobPricer.PriceBundle(list, orders, Domestic).Select(p => p.BilledLines);
}

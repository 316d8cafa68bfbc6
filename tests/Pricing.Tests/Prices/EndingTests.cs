using static Zweizeiler.Pricing.Tests.Prices.Lists;

namespace Zweizeiler.Pricing.Tests.Prices;

/// <summary>What a job costs that was delivered with fewer lines than ordered, or was cancelled.</summary>
public sealed class EndingTests
{
    [Theory]
    [InlineData(0, 240)] // the minimum
    [InlineData(1, 240)]
    [InlineData(4, 480)]
    [InlineData(6, 720)]
    [InlineData(7, 720)] // the ordered maximum
    public void A_formulation_is_charged_by_its_lines_also_where_only_their_number_is_known(int lines, long cents)
    {
        var order = JobOrder.Formulation(GermanFrench, 6, Urgency.Standard).Delivered(lines);
        JobPricer.Price(List, order, Domestic).Net.Cents.ShouldBe(cents);
        if (lines > 0)
        {
            var counted = JobOrder.Formulation(GermanFrench, 6, Urgency.Standard).Delivered(Lines(lines));
            JobPricer.Price(List, counted, Domestic).Net.Cents.ShouldBe(cents);
        }
    }

    [Fact]
    public void Only_a_formulation_has_delivered_lines_and_never_fewer_than_none()
    {
        Should.Throw<InvalidOperationException>(() => JobOrder.Call(GermanFrench, 1, Urgency.Standard).Delivered(1));
        Should.Throw<ArgumentOutOfRangeException>(() => JobOrder.Formulation(GermanFrench, 1, Urgency.Standard).Delivered(-1));
    }

    [Theory]
    [InlineData(240, 120)]
    [InlineData(315, 158)] // 157.5
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    public void A_cancelled_job_costs_half_rounded_up_once(long cents, long share) =>
        JobPricer.OfCancelled(List, Money.Euro(cents)).ShouldBe(Money.Euro(share));

    [Fact]
    public void A_list_that_was_stored_before_there_was_such_a_share_has_half()
    {
        List.ToJson().ShouldContain(",\"cancellationShare\":0.5}");
        var old = PriceList.FromJson(List.ToJson().Replace(",\"cancellationShare\":0.5}", "}", StringComparison.Ordinal));
        old.CancellationShare.ShouldBe(0.5m);
        PriceList.FromJson(List.ToJson().Replace("\"cancellationShare\":0.5", "\"cancellationShare\":0.25", StringComparison.Ordinal))
            .CancellationShare.ShouldBe(0.25m);
        Should.Throw<FormatException>(() => PriceList.FromJson(
            List.ToJson().Replace("\"cancellationShare\":0.5", "\"cancellationShare\":1.5", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(TaxCategory.S, 19.00)]
    [InlineData(TaxCategory.AE, 0)]
    [InlineData(TaxCategory.O, 0)]
    [InlineData(TaxCategory.E, 0)]
    public void A_stored_tax_treatment_comes_back(TaxCategory category, decimal rate)
    {
        var treatment = TaxTreatment.Restore(category, rate);
        (treatment.Category, treatment.Rate).ShouldBe((category, rate));
        Should.Throw<ArgumentOutOfRangeException>(() => TaxTreatment.Restore((TaxCategory)9, 19));
    }
}

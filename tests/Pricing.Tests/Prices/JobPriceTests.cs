using static Zweizeiler.Pricing.Tests.Prices.Lists;

namespace Zweizeiler.Pricing.Tests.Prices;

/// <summary>Every kind, urgency and rounding, with its numbers.</summary>
public sealed class JobPriceTests
{
    [Fact]
    public void The_documented_example_has_the_documented_price()
    {
        var price = JobPricer.Price(List, JobOrder.Translation(GermanFrench, LineCount.Restore(93), Urgency.Standard), Domestic);
        price.PriceList.ShouldBe("2026-1");
        price.Counting.ShouldBe(1);
        price.Characters.ShouldBe(93);
        price.Lines.ShouldBe(2);
        price.BilledLines.ShouldBe(2);
        price.RatePerLine.ShouldBe(120);
        price.UrgencyFactor.ShouldBe(1.00m);
        price.RepetitionFactor.ShouldBe(1m);
        price.Net.ShouldBe(Money.Euro(240));
        price.Tax.Category.ShouldBe(TaxCategory.S);
        price.Tax.Rate.ShouldBe(19.00m);
        price.Tax.Amount.ShouldBe(Money.Euro(46)); // 45.60
        price.Gross.ShouldBe(Money.Euro(286));
        price.TranslatorFee.ShouldBe(Money.Euro(168));
        price.PlatformShare.ShouldBe(Money.Euro(72));
        price.Currency.ShouldBe("EUR");
    }

    [Theory]
    [InlineData("de-fr", 1, 240)] // the minimum
    [InlineData("de-fr", 2, 240)]
    [InlineData("de-fr", 3, 360)]
    [InlineData("pl-de", 30, 3600)]
    [InlineData("en-fr", 2, 280)]
    [InlineData("nl-pl", 3, 420)]
    [InlineData("zh-de", 2, 360)]
    [InlineData("en-ja", 3, 540)]
    public void A_translation_costs_its_source_lines(string pair, int lines, long cents) =>
        Net(JobOrder.Translation(LanguagePair.Parse(pair), Lines(lines), Urgency.Standard)).ShouldBe(cents);

    [Theory]
    [InlineData(Urgency.Standard, 360)]
    [InlineData(Urgency.Express, 450)]
    [InlineData(Urgency.Night, 540)]
    public void Urgency_is_a_surcharge(Urgency urgency, long cents) =>
        Net(JobOrder.Translation(GermanFrench, Lines(3), urgency)).ShouldBe(cents);

    [Theory]
    [InlineData("fr-de", 1, Urgency.Standard, 60, 120)]
    [InlineData("fr-de", 5, Urgency.Standard, 60, 300)]
    [InlineData("fr-en", 3, Urgency.Express, 70, 263)] // 262.50
    [InlineData("ja-en", 3, Urgency.Night, 90, 405)]
    public void A_summary_costs_half_the_rate(string pair, int lines, Urgency urgency, int rate, long cents)
    {
        var price = JobPricer.Price(List, JobOrder.Summary(LanguagePair.Parse(pair), Lines(lines), urgency), Domestic);
        price.RatePerLine.ShouldBe(rate);
        price.Net.Cents.ShouldBe(cents);
    }

    [Theory]
    [InlineData(10, 3, 1200, 360)]
    [InlineData(10, 1, 1200, 240)] // the minimum stays
    [InlineData(10, 10, 1200, 1200)]
    [InlineData(10, 14, 1200, 1200)] // never above the ordered maximum
    [InlineData(1, 1, 240, 240)]
    public void A_formulation_reserves_its_maximum_and_is_charged_what_was_delivered(int maxLines, int delivered, long reserve, long charge)
    {
        var order = JobOrder.Formulation(GermanFrench, maxLines, Urgency.Standard);
        Net(order).ShouldBe(reserve);
        Net(order.Delivered(Lines(delivered))).ShouldBe(charge);
    }

    [Fact]
    public void A_formulations_charge_names_the_characters_that_were_delivered()
    {
        var order = JobOrder.Formulation(GermanFrench, 10, Urgency.Standard);
        JobPricer.Price(List, order, Domestic).Characters.ShouldBe(0);
        JobPricer.Price(List, order.Delivered(LineCount.Restore(130)), Domestic).Characters.ShouldBe(130);
    }

    [Theory]
    [InlineData(10, 1, 14)]
    [InlineData(10, 2, 18)]
    [InlineData(1, 1, 5)]
    public void A_call_reserves_its_base_for_each_series_and_its_minutes(int minutes, int series, int lines) =>
        JobPricer.Price(List, JobOrder.Call(GermanFrench, minutes, Urgency.Standard, series), Domestic).Lines.ShouldBe(lines);

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 5)]
    [InlineData(60, 5)]
    [InlineData(61, 6)]
    [InlineData(599, 14)]
    [InlineData(600, 14)]
    [InlineData(3600, 14)] // capped by the ordered maximum
    public void A_call_is_charged_its_base_and_each_started_minute(int seconds, int lines)
    {
        var made = JobOrder.Call(GermanFrench, 10, Urgency.Standard).Reached(TimeSpan.FromSeconds(seconds));
        JobPricer.Price(List, made, Domestic).Lines.ShouldBe(lines);
        Net(made).ShouldBe(lines * 120);
    }

    [Fact]
    public void A_call_that_reached_nobody_costs_the_base_only()
    {
        Net(JobOrder.Call(GermanFrench, 10, Urgency.Standard).NotReached()).ShouldBe(4 * 120);
        Net(JobOrder.Call(GermanFrench, 10, Urgency.Express, series: 2).NotReached()).ShouldBe(8 * 150);
    }

    [Theory]
    [InlineData("de-fr", 8, 240)]
    [InlineData("de-fr", 1, 60)] // the minimum stays: 2 lines at a quarter
    [InlineData("ja-de", 3, 135)]
    public void An_exact_repetition_costs_a_quarter_of_the_rate(string pair, int lines, long cents) =>
        Net(JobOrder.Translation(LanguagePair.Parse(pair), Lines(lines), Urgency.Standard, isRepetition: true)).ShouldBe(cents);

    [Fact]
    public void Halves_are_rounded_away_from_zero_once_on_the_net_total()
    {
        // 3 × 70 × 0.25 = 52.50; line by line it would be 54, to even 52
        Net(JobOrder.Summary(LanguagePair.Parse("en-fr"), Lines(3), Urgency.Standard, isRepetition: true)).ShouldBe(53);

        // 15 × 0.70 = 10.50, to even 10
        var price = JobPricer.Price(With("\"fr-de\":120", "\"fr-de\":10"), JobOrder.Summary(LanguagePair.Parse("fr-de"), Lines(3), Urgency.Standard), Domestic);
        price.Net.Cents.ShouldBe(15);
        price.TranslatorFee.Cents.ShouldBe(11);
        price.PlatformShare.Cents.ShouldBe(4);
    }

    [Fact]
    public void What_the_list_does_not_offer_has_no_price()
    {
        List.Offers(LanguagePair.Parse("zh-ja")).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => Net(JobOrder.Translation(LanguagePair.Parse("zh-ja"), Lines(1), Urgency.Standard)));
    }

    [Fact]
    public void Lines_of_another_length_have_no_price() => Should.Throw<ArgumentException>(() =>
        Net(JobOrder.Translation(GermanFrench, LineCounter.Count("Hallo", 50), Urgency.Standard)));

    [Fact]
    public void An_order_that_makes_no_sense_cannot_be_built()
    {
        var empty = LineCounter.Count("");
        var formulation = JobOrder.Formulation(GermanFrench, 2, Urgency.Standard);
        var call = JobOrder.Call(GermanFrench, 2, Urgency.Standard);
        Should.Throw<ArgumentException>(() => JobOrder.Translation(GermanFrench, empty, Urgency.Standard)).Message.ShouldContain("text.empty");
        Should.Throw<ArgumentException>(() => JobOrder.Summary(GermanFrench, empty, Urgency.Standard));
        Should.Throw<ArgumentException>(() => formulation.Delivered(empty));
        Should.Throw<ArgumentOutOfRangeException>(() => JobOrder.Formulation(GermanFrench, 0, Urgency.Standard));
        Should.Throw<ArgumentOutOfRangeException>(() => JobOrder.Call(GermanFrench, 0, Urgency.Standard));
        Should.Throw<ArgumentOutOfRangeException>(() => JobOrder.Call(GermanFrench, 1, Urgency.Standard, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => call.Reached(TimeSpan.FromSeconds(-1)));
        Should.Throw<InvalidOperationException>(() => call.Delivered(Lines(1)));
        Should.Throw<InvalidOperationException>(() => formulation.Reached(TimeSpan.Zero));
        Should.Throw<InvalidOperationException>(formulation.NotReached);
    }

    private static long Net(JobOrder order) => JobPricer.Price(List, order, Domestic).Net.Cents;
}

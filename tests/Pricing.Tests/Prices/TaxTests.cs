namespace Zweizeiler.Pricing.Tests.Prices;

public sealed class TaxTests
{
    [Theory]
    [InlineData("DE", true, true, TaxCategory.S, 19)] // domestic, whatever her VAT id
    [InlineData("DE", true, false, TaxCategory.S, 19)]
    [InlineData("DE", false, false, TaxCategory.S, 19)]
    [InlineData("FR", true, true, TaxCategory.AE, 0)]
    [InlineData("GR", true, true, TaxCategory.AE, 0)]
    [InlineData("EL", true, true, TaxCategory.AE, 0)] // Greece as VAT ids spell it
    [InlineData("FR", true, false, TaxCategory.S, 19)] // no valid VAT id, no reverse charge
    [InlineData("FR", false, false, TaxCategory.S, 19)] // EU consumer: domestic rate
    [InlineData("FR", false, true, TaxCategory.S, 19)]
    [InlineData("CH", true, false, TaxCategory.O, 0)]
    [InlineData("CH", false, false, TaxCategory.O, 0)]
    [InlineData("GB", true, true, TaxCategory.O, 0)]
    [InlineData("US", true, false, TaxCategory.O, 0)]
    public void Place_and_status_decide_the_category(string country, bool isBusiness, bool vatIdValid, TaxCategory category, int rate)
    {
        var treatment = TaxRules.Germany.For(country, isBusiness, vatIdValid);
        treatment.Category.ShouldBe(category);
        treatment.Rate.ShouldBe(rate);
    }

    [Fact]
    public void All_other_member_states_are_in_the_Union()
    {
        string[] others = ["AT", "BE", "BG", "CY", "CZ", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"];
        others.Length.ShouldBe(26);
        others.ShouldAllBe(c => TaxRules.Germany.For(c, true, true).Category == TaxCategory.AE);
    }

    [Theory]
    [InlineData(240, 46)] // 45.60
    [InlineData(50, 10)] // 9.50
    [InlineData(150, 29)] // 28.50, to even 28
    [InlineData(-150, -29)] // a credit note
    [InlineData(-50, -10)]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    public void Tax_is_rounded_half_away_from_zero(long net, long tax) =>
        TaxTreatment.Standard(19m).On(Money.Euro(net)).Amount.ShouldBe(Money.Euro(tax));

    [Fact]
    public void Only_the_standard_rate_has_a_rate()
    {
        TaxTreatment.ReverseCharge.On(Money.Euro(1000)).Amount.ShouldBe(Money.Euro(0));
        TaxTreatment.OutsideScope.On(Money.Euro(1000)).Amount.ShouldBe(Money.Euro(0));
        TaxTreatment.Exempt.On(Money.Euro(1000)).Amount.ShouldBe(Money.Euro(0));
        TaxTreatment.Exempt.Category.ShouldBe(TaxCategory.E);
        Should.Throw<ArgumentOutOfRangeException>(() => TaxTreatment.Standard(0m));
        Should.Throw<ArgumentOutOfRangeException>(() => TaxTreatment.Standard(100.01m));
    }

    [Theory]
    [InlineData("de")]
    [InlineData("DEU")]
    [InlineData("")]
    [InlineData("D1")]
    public void A_country_is_two_capitals(string country) => Should.Throw<ArgumentException>(() => TaxRules.Germany.For(country, true, true));

    [Fact]
    public void The_rules_are_for_suppliers_in_the_Union() => Should.Throw<ArgumentException>(() => new TaxRules("CH", 8.1m));

    [Fact]
    public void Another_member_state_has_its_own_domestic_rate()
    {
        var austria = new TaxRules("AT", 20m);
        austria.For("AT", true, true).Rate.ShouldBe(20m);
        austria.For("DE", true, true).Category.ShouldBe(TaxCategory.AE);
    }
}

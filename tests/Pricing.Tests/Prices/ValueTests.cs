using System.Text.Json;

namespace Zweizeiler.Pricing.Tests.Prices;

public sealed class ValueTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    [Theory]
    [InlineData("2.5", 3)]
    [InlineData("-2.5", -3)]
    [InlineData("3.5", 4)]
    [InlineData("-3.5", -4)]
    [InlineData("2.4999", 2)]
    [InlineData("-2.4999", -2)]
    [InlineData("0.5", 1)]
    [InlineData("-0.5", -1)]
    public void Money_is_rounded_half_away_from_zero(string cents, long rounded) =>
        Money.Round(decimal.Parse(cents, System.Globalization.CultureInfo.InvariantCulture), "EUR").ShouldBe(Money.Euro(rounded));

    [Fact]
    public void Money_is_reckoned_in_one_currency()
    {
        (Money.Euro(1) + Money.Euro(2) - Money.Euro(4)).ShouldBe(Money.Euro(-1));
        (Money.Euro(1) < Money.Euro(2) && Money.Euro(2) >= Money.Euro(2)).ShouldBeTrue();
        Should.Throw<InvalidOperationException>(() => Money.Euro(1) + new Money(1, "CHF"));
        Should.Throw<InvalidOperationException>(() => Money.Euro(1) < new Money(1, "CHF"));
        Should.Throw<OverflowException>(() => Money.Euro(long.MaxValue) + Money.Euro(1));
        Should.Throw<OverflowException>(() => Money.Round(decimal.MaxValue, "EUR"));
        Money.Euro(-240).ToString().ShouldBe("-2.40 EUR");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("eur")]
    [InlineData("EURO")]
    [InlineData("€")]
    public void A_currency_is_three_capitals(string? currency) => Should.Throw<ArgumentException>(() => new Money(1, currency!));

    [Fact]
    public void Money_is_written_as_in_the_public_API()
    {
        JsonSerializer.Serialize(Money.Euro(480), Web).ShouldBe("""{"amount":480,"currency":"EUR"}""");
        JsonSerializer.Deserialize<Money>("""{"amount":480,"currency":"EUR"}""", Web).ShouldBe(Money.Euro(480));
    }

    [Theory]
    [InlineData("de-fr", "de", "fr")]
    [InlineData("gsw-de", "gsw", "de")]
    public void A_pair_is_read_and_written(string text, string source, string target)
    {
        var pair = LanguagePair.Parse(text);
        (pair.Source, pair.Target).ShouldBe((source, target));
        pair.ToString().ShouldBe(text);
        pair.ShouldBe(LanguagePair.Of(source, target));
        pair.Reversed().ShouldBe(LanguagePair.Of(target, source));
        JsonSerializer.Deserialize<LanguagePair>(JsonSerializer.Serialize(pair)).ShouldBe(pair);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("de")]
    [InlineData("de-de")]
    [InlineData("DE-fr")]
    [InlineData("de_fr")]
    [InlineData("de-fr-it")]
    [InlineData("d-fr")]
    [InlineData("deut-fr")]
    [InlineData("de-fr ")]
    [InlineData("dé-fr")]
    public void What_is_no_pair_is_refused(string? text)
    {
        LanguagePair.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => LanguagePair.Parse(text!));
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<LanguagePair>(JsonSerializer.Serialize(text ?? "")));
    }

    [Theory]
    [InlineData(JobKind.Translation, "translation")]
    [InlineData(JobKind.Formulation, "formulation")]
    [InlineData(JobKind.Summary, "summary")]
    [InlineData(JobKind.Call, "call")]
    public void Kinds_are_spelt_as_in_the_public_API(JobKind kind, string name)
    {
        kind.Name().ShouldBe(name);
        ApiNames.TryParse(name, out JobKind parsed).ShouldBeTrue();
        parsed.ShouldBe(kind);
        JsonSerializer.Serialize(kind).ShouldBe($"\"{name}\"");
        JsonSerializer.Deserialize<JobKind>($"\"{name}\"").ShouldBe(kind);
    }

    [Theory]
    [InlineData(Urgency.Standard, "standard")]
    [InlineData(Urgency.Express, "express")]
    [InlineData(Urgency.Night, "night")]
    public void Urgencies_are_spelt_as_in_the_public_API(Urgency urgency, string name)
    {
        urgency.Name().ShouldBe(name);
        ApiNames.TryParse(name, out Urgency parsed).ShouldBeTrue();
        parsed.ShouldBe(urgency);
        JsonSerializer.Serialize(urgency).ShouldBe($"\"{name}\"");
        JsonSerializer.Deserialize<Urgency>($"\"{name}\"").ShouldBe(urgency);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Translation")]
    [InlineData("gist")]
    [InlineData("0")]
    public void Other_names_are_refused(string? name)
    {
        ApiNames.TryParse(name, out JobKind _).ShouldBeFalse();
        ApiNames.TryParse(name, out Urgency _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("\"0\"")]
    [InlineData("\"gist\"")]
    [InlineData("\"Translation\"")]
    [InlineData("\"translation, summary\"")]
    [InlineData("null")]
    public void JSON_takes_no_numbers_and_no_other_names(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<JobKind>(json));

    [Fact]
    public void Tax_categories_are_their_codes()
    {
        JsonSerializer.Serialize(TaxCategory.AE).ShouldBe("\"AE\"");
        JsonSerializer.Deserialize<TaxCategory>("\"O\"").ShouldBe(TaxCategory.O);
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<TaxCategory>("\"ae\""));
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<TaxCategory>("\"S, AE\""));
    }
}

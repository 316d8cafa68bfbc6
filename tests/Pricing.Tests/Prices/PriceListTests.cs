using static Zweizeiler.Pricing.Tests.Prices.Lists;

namespace Zweizeiler.Pricing.Tests.Prices;

public sealed class PriceListTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void The_initial_list_is_the_documented_one()
    {
        List.Version.ShouldBe("2026-1");
        List.Currency.ShouldBe("EUR");
        List.LineLength.ShouldBe(55);
        List.MinimumLines.ShouldBe(2);
        List.CallBaseLines.ShouldBe(4);
        List.TranslatorShare.ShouldBe(0.70m);
        List.RepetitionShare.ShouldBe(0.25m);
        List.Terms(Urgency.Standard).ShouldBe(new UrgencyTerms(1.00m, TimeSpan.FromHours(4)));
        List.Terms(Urgency.Express).ShouldBe(new UrgencyTerms(1.25m, TimeSpan.FromHours(1)));
        List.Terms(Urgency.Night).Factor.ShouldBe(1.50m);
        List.Languages.ShouldBe(["de", "en", "es", "fr", "it", "ja", "nl", "pl", "zh"]);
        List.Pairs.Count.ShouldBe(12 + 30 + 8);
    }

    [Fact]
    public void Every_pair_has_its_documented_rate()
    {
        foreach (var source in List.Languages)
        {
            foreach (var target in List.Languages.Where(t => t != source))
            {
                var eastern = new[] { source, target }.Count(l => l is "zh" or "ja");
                int? expected = eastern == 2 ? null
                    : eastern == 1 ? new[] { source, target }.Any(l => l is "de" or "en") ? 180 : null
                    : new[] { source, target }.Contains("de") ? 120 : 140;
                var offered = List.TryGetRate(JobKind.Translation, LanguagePair.Of(source, target), out var rate);
                (offered ? rate : (int?)null).ShouldBe(expected, $"{source}-{target}");
                List.Offers(LanguagePair.Of(source, target)).ShouldBe(expected is not null);
                List.Pairs.Contains(LanguagePair.Of(source, target)).ShouldBe(expected is not null);
            }
        }
    }

    [Theory]
    [InlineData(JobKind.Translation, 140)]
    [InlineData(JobKind.Formulation, 140)]
    [InlineData(JobKind.Summary, 70)]
    [InlineData(JobKind.Call, 140)]
    public void Each_kind_has_its_rate(JobKind kind, int cents)
    {
        List.TryGetRate(kind, LanguagePair.Parse("en-fr"), out var rate).ShouldBeTrue();
        rate.ShouldBe(cents);
    }

    [Fact]
    public void JSON_brings_the_same_list_back()
    {
        var back = PriceList.FromJson(List.ToJson());
        back.ToJson().ShouldBe(List.ToJson());
        back.Pairs.ShouldBe(List.Pairs);
        back.Terms(Urgency.Express).ShouldBe(List.Terms(Urgency.Express));
    }

    [Theory]
    [InlineData("\"version\":\"2026-1\"", "\"version\":\"\"")]
    [InlineData("\"currency\":\"EUR\"", "\"currency\":\"euro\"")]
    [InlineData("\"lineLength\":55", "\"lineLength\":0")]
    [InlineData("\"minimumLines\":2", "\"minimumLines\":-1")]
    [InlineData("\"callBaseLines\":4", "\"callBaseLines\":-1")]
    [InlineData("\"translatorShare\":0.70", "\"translatorShare\":1.01")]
    [InlineData("\"repetitionShare\":0.25", "\"repetitionShare\":-0.25")]
    [InlineData("\"de-fr\":120", "\"de-fr\":-1")]
    [InlineData("\"de-fr\":120", "\"de-fr\":121")] // half of it is no whole cent
    [InlineData("\"de-fr\":120", "\"de-de\":120")]
    [InlineData("\"de-fr\":120", "\"DE-FR\":120")]
    [InlineData("\"de-fr\":120", "\"de-fr\":120,\"de-fr\":122")]
    [InlineData("\"summary\":0.5", "\"gist\":0.5")]
    [InlineData("\"express\":{\"factor\":1.25", "\"express\":{\"factor\":0.75")]
    [InlineData("\"promiseMinutes\":60}", "\"promiseMinutes\":0}")]
    [InlineData("\"currency\":\"EUR\",", "")]
    [InlineData("\"currency\":\"EUR\"", "\"currency\":null")]
    [InlineData("\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"discount\":1")]
    public void A_list_that_breaks_a_rule_cannot_be_read(string part, string replacement) =>
        Should.Throw<FormatException>(() => With(part, replacement)).Message.ShouldContain("price list");

    [Theory]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    public void What_is_no_list_cannot_be_read(string json) => Should.Throw<FormatException>(() => PriceList.FromJson(json));

    [Theory]
    [InlineData("2026-11-23T14:00:00Z", Urgency.Standard, "2026-11-23T18:00:00Z")]
    [InlineData("2026-11-23T14:00:00Z", Urgency.Express, "2026-11-23T15:00:00Z")]
    [InlineData("2026-11-23T20:30:00Z", Urgency.Night, "2026-11-24T06:00:00Z")] // 21:30 to 07:00 in Berlin
    [InlineData("2026-11-24T00:30:00Z", Urgency.Night, "2026-11-24T06:00:00Z")]
    [InlineData("2026-11-24T05:45:00Z", Urgency.Night, "2026-11-24T06:45:00Z")] // never sooner than express
    [InlineData("2026-03-28T22:00:00Z", Urgency.Night, "2026-03-29T05:00:00Z")] // over the change to summer time
    [InlineData("2026-10-24T20:00:00Z", Urgency.Night, "2026-10-25T06:00:00Z")]
    public void A_promise_keeps_the_urgencys_hours(string accepted, Urgency urgency, string deliverBy) =>
        List.DeliverBy(urgency, Time(accepted), Berlin).ShouldBe(Time(deliverBy));

    [Theory]
    [InlineData("2026-11-23T19:59:59Z", false)] // 20:59:59 in Berlin
    [InlineData("2026-11-23T20:00:00Z", true)]
    [InlineData("2026-11-24T05:59:59Z", true)]
    [InlineData("2026-11-24T06:00:00Z", false)]
    public void Night_is_accepted_at_night(string now, bool accepted)
    {
        PriceList.IsAccepted(Urgency.Night, Time(now), Berlin).ShouldBe(accepted);
        PriceList.IsAccepted(Urgency.Standard, Time(now), Berlin).ShouldBeTrue();
        PriceList.IsAccepted(Urgency.Express, Time(now), Berlin).ShouldBeTrue();
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using static Zweizeiler.Pricing.Tests.Prices.Lists;

namespace Zweizeiler.Pricing.Tests.Prices;

/// <summary>The last value that is right and the first that is not, and what is said of it.</summary>
public sealed class BoundsTests
{
    public static TheoryData<string, object, object, string> Bounds => new()
    {
        { "version", new string('v', 32), new string('v', 33), "its version must be 1 to 32 characters" },
        { "version", "v", " ", "its version must be 1 to 32 characters" },
        { "currency", "CHF", "CH", "its currency must be an ISO 4217 code" },
        { "lineLength", 1, 0, "lines must have 1 to 1000 characters" },
        { "lineLength", 1000, 1001, "lines must have 1 to 1000 characters" },
        { "minimumLines", 0, -1, "the minimum must be 0 to 1000 lines" },
        { "minimumLines", 1000, 1001, "the minimum must be 0 to 1000 lines" },
        { "callBaseLines", 0, -1, "a call's base must be 0 to 1000 lines" },
        { "callBaseLines", 1000, 1001, "a call's base must be 0 to 1000 lines" },
        { "translatorShare", 0m, -0.01m, "the translator's share must be 0 to 1" },
        { "translatorShare", 1m, 1.01m, "the translator's share must be 0 to 1" },
        { "repetitionShare", 0m, -0.01m, "a repetition's share must be 0 to 1" },
        { "repetitionShare", 1m, 1.01m, "a repetition's share must be 0 to 1" },
        { "cancellationShare", 0m, -0.01m, "a cancellation's share must be 0 to 1" },
        { "cancellationShare", 1m, 1.01m, "a cancellation's share must be 0 to 1" },
        { "rates.de-fr", 0, -2, "it must have rates, each from 0 to 1,000,000 cents" },
        { "rates.de-fr", 1_000_000, 1_000_002, "it must have rates, each from 0 to 1,000,000 cents" },
        { "kindShares.call", 0m, -1m, "a kind's share of the rate must be 0 to 10" },
        { "kindShares.call", 10m, 11m, "a kind's share of the rate must be 0 to 10" },
        { "kindShares.summary", 0.25m, 0.333m, "every kind's rate must be whole cents" },
        { "urgencies.night.factor", 1m, 0.99m, "an urgency needs a factor from 1 to 10 and a promise" },
        { "urgencies.night.factor", 10m, 10.01m, "an urgency needs a factor from 1 to 10 and a promise" },
        { "urgencies.night.promiseMinutes", 1, 0, "an urgency needs a factor from 1 to 10 and a promise" },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void A_list_holds_its_bounds(string path, object right, object wrong, string said)
    {
        PriceList.FromJson(Changed(path, right)).ShouldNotBeNull();
        Should.Throw<FormatException>(() => PriceList.FromJson(Changed(path, wrong))).Message.ShouldBe($"The price list is invalid: {said}.");
    }

    [Theory]
    [InlineData("kindShares", "call", "every kind must have a share of the rate")]
    [InlineData("urgencies", "night", "every urgency must have its terms")]
    public void A_list_is_whole(string of, string without, string said)
    {
        var list = JsonNode.Parse(List.ToJson())!;
        list[of]!.AsObject().Remove(without);
        Should.Throw<FormatException>(() => PriceList.FromJson(list.ToJsonString())).Message.ShouldBe($"The price list is invalid: {said}.");
    }

    [Fact]
    public void A_list_without_rates_is_none()
    {
        var list = JsonNode.Parse(List.ToJson())!;
        list["rates"] = new JsonObject();
        Should.Throw<FormatException>(() => PriceList.FromJson(list.ToJsonString())).Message.ShouldContain("it must have rates");
    }

    [Theory]
    [InlineData("\"de-fr\":120", "\"de-\":120", "\"de-\" is no language pair")]
    [InlineData("\"summary\":0.5", "\"gist\":0.5", "there is no kind \"gist\"")]
    [InlineData("\"night\":", "\"dusk\":", "there is no urgency \"dusk\"")]
    public void A_word_that_is_unknown_is_named(string part, string replacement, string said) =>
        Should.Throw<FormatException>(() => With(part, replacement)).Message.ShouldContain(said);

    [Fact]
    public void What_is_missing_is_named()
    {
        Should.Throw<ArgumentNullException>(() => JobPricer.Price(null!, Order(), Domestic)).ParamName.ShouldBe("list");
        Should.Throw<ArgumentNullException>(() => JobPricer.Price(null!, Order(), Domestic, 0)).ParamName.ShouldBe("list");
        Should.Throw<ArgumentNullException>(() => JobPricer.Price(List, null!, Domestic, 0)).ParamName.ShouldBe("order");
        Should.Throw<ArgumentNullException>(() => JobPricer.Price(List, Order(), null!, 0)).ParamName.ShouldBe("tax");
        Should.Throw<ArgumentNullException>(() => JobPricer.OfCancelled(null!, Money.Euro(1))).ParamName.ShouldBe("list");
        Should.Throw<ArgumentNullException>(() => JobPricer.OfCancelled(List, null!)).ParamName.ShouldBe("amount");
        Should.Throw<ArgumentNullException>(() => JobPricer.PriceBundle(null!, [Order()], Domestic)).ParamName.ShouldBe("list");
        Should.Throw<ArgumentNullException>(() => JobPricer.PriceBundle(List, null!, Domestic)).ParamName.ShouldBe("orders");
        Should.Throw<ArgumentException>(() => JobPricer.Price(List, JobOrder.Translation(LanguagePair.Of("de", "sv"), Lines(1), Urgency.Standard), Domestic, 0))
            .Message.ShouldStartWith("Price list 2026-1 does not offer de-sv.");
        Should.Throw<ArgumentException>(() => JobPricer.Price(List, JobOrder.Translation(GermanFrench, LineCount.Restore(60, 60), Urgency.Standard), Domestic, 0))
            .Message.ShouldStartWith("Lines of 60 characters cannot be priced by price list 2026-1, whose lines have 55.");
        Should.Throw<ArgumentOutOfRangeException>(() => LineCount.Restore(-1)).ParamName.ShouldBe("characters");
        Should.Throw<ArgumentOutOfRangeException>(() => LineCount.Restore(1, 0)).ParamName.ShouldBe("lineLength");
        Should.Throw<ArgumentOutOfRangeException>(() => LineCount.Restore(1, 55, 0)).ParamName.ShouldBe("rulesVersion");
        JobPricer.Price(List, JobOrder.Translation(GermanFrench, LineCount.Restore(55, 55, 7), Urgency.Standard), Domestic, 0).Counting.ShouldBe(7);
    }

    [Fact]
    public void Money_has_its_bounds_and_operators()
    {
        var (one, two) = (Money.Euro(1), Money.Euro(2));
        (one > two, two > one, one > Money.Euro(1)).ShouldBe((false, true, false));
        (one < two, two < one, one < Money.Euro(1)).ShouldBe((true, false, false));
        (one <= two, two <= one, one <= Money.Euro(1)).ShouldBe((true, false, true));
        (one >= two, two >= one, one >= Money.Euro(1)).ShouldBe((false, true, true));
        (Money.Add(one, two), Money.Subtract(one, two)).ShouldBe((Money.Euro(3), Money.Euro(-1)));
        (one.CompareTo(null), one.CompareTo(two)).ShouldBe((1, -1));
        Should.Throw<OverflowException>(() => Money.Euro(long.MinValue) - one);
        Should.Throw<InvalidOperationException>(() => one + new Money(1, "CHF")).Message.ShouldBe("EUR and CHF cannot be reckoned with each other.");
        Money.IsCurrency("EuR").ShouldBeFalse();
    }

    // Of countries' central banks and registries: what an account there looks like.
    public static TheoryData<string> Accounts =>
    [
        "AD1200012030200359100100", "AL47212110090000000235698741", "AT611904300234573201", "BE68539007547034", "BG80BNBG96611020345678", "CH9300762011623852957",
        "CY17002001280000001200527600", "CZ6508000000192000145399", "DE89370400440532013000", "DK5000400440116243", "EE382200221020145685", "ES9121000418450200051332",
        "FI2112345600000785", "FR1420041010050500013M02606", "GB29NWBK60161331926819", "GI75NWBK000000007099453", "GR1601101250000000012300695", "HR1210010051863000160",
        "HU42117730161111101800000000", "IE29AIBK93115212345678", "IS140159260076545510730339", "IT60X0542811101000000123456", "LI21088100002324013AA", "LT121000011101001000",
        "LU280019400644750000", "LV80BANK0000435195001", "MC5811222000010123456789030", "MD24AG000225100013104168", "ME25505000012345678951", "MK07250120000058984",
        "MT84MALT011000012345MTLCAST001S", "NL91ABNA0417164300", "NO9386011117947", "PL61109010140000071219812874", "PT50000201231234567890154", "RO49AAAA1B31007593840000",
        "RS35260005601001611379", "SE4550000000058398257466", "SI56263300012039086", "SK3112000000198742637541", "SM86U0322509800000000270100", "VA59001123000012345678",
    ];

    [Theory]
    [MemberData(nameof(Accounts))]
    public void An_account_of_every_country_is_known(string iban)
    {
        Iban.Fault(iban).ShouldBeNull();
        Iban.Fault(iban + "0")!.ShouldBe($"An IBAN of {iban[..2]} has {iban.Length} characters; this one has {iban.Length + 1}.");
        Iban.NeedsBic(iban).ShouldBe("AD AL CH GB GI MC MD ME MK RS SM VA".Split(' ').Contains(iban[..2]));
    }

    [Theory]
    [InlineData("DE8", "An IBAN begins with")]
    [InlineData("DE89", "An IBAN of DE has 22 characters")]
    [InlineData("D189370400440532013000", "An IBAN begins with")]
    [InlineData("1E89370400440532013000", "An IBAN begins with")]
    [InlineData("DEA9370400440532013000", "An IBAN begins with")]
    [InlineData("DE8A370400440532013000", "An IBAN begins with")]
    [InlineData("DE89370400440532013-00", "An IBAN begins with")]
    [InlineData("US64SVBKUS6S3300958879", "Accounts in US are not in the euro payments area")]
    [InlineData("DE88370400440532013000", "The check digits do not fit")]
    public void A_slip_in_an_account_is_said(string iban, string said) => Iban.Fault(iban)!.ShouldStartWith(said);

    [Theory]
    [InlineData("UBSWCHZH", true)]
    [InlineData("UBSWCHZH80A", true)]
    [InlineData("UBSWCHZ", false)]
    [InlineData("UBSWCHZH8", false)]
    [InlineData("UBS1CHZH", false)]
    [InlineData("UBSWCHZ-", false)]
    [InlineData("UBSWCHZHa0A", false)]
    public void A_BIC_has_eight_characters_or_eleven(string bic, bool right) => Iban.IsBic(bic).ShouldBe(right);

    [Fact]
    public void A_supplier_outside_the_Union_has_other_rules()
    {
        Should.Throw<ArgumentException>(() => new TaxRules("CH", 8.1m)).Message.ShouldStartWith("The rules are those of a supplier in the European Union.");
        Should.Throw<ArgumentException>(() => TaxRules.Germany.For("fr", true, true)).Message.ShouldStartWith("A country is two upper-case letters");
        Should.Throw<ArgumentException>(() => TaxRules.Germany.For("Fr", true, true));
    }

    [Fact]
    public void What_is_refused_is_said()
    {
        static string Said<T>(Action refused)
            where T : Exception => Should.Throw<T>(refused).Message;

        Said<ArgumentException>(() => LanguagePair.Of("de", "de")).ShouldStartWith("A language pair is two different codes");
        Said<FormatException>(() => LanguagePair.Parse("de")).ShouldStartWith("A language pair is written like de-fr");
        Said<JsonException>(() => JsonSerializer.Deserialize<LanguagePair>("1")).ShouldStartWith("Expected a language pair like \"de-fr\".");
        Said<JsonException>(() => JsonSerializer.Deserialize<JobKind>("1")).ShouldStartWith("Expected one of: translation, formulation, summary, call.");
        Said<FormatException>(() => PriceList.FromJson("null")).ShouldBe("The price list is invalid: it is null.");
        Said<FormatException>(() => PriceList.FromJson("{")).ShouldStartWith("The price list is invalid: ");

        var (text, reply) = (Order(), JobOrder.Formulation(GermanFrench, 3, Urgency.Standard));
        Said<InvalidOperationException>(() => text.Delivered(1)).ShouldBe("Only a formulation is charged by what was delivered.");
        Said<InvalidOperationException>(() => text.Delivered(Lines(1))).ShouldBe("Only a formulation is charged by what was delivered.");
        Said<InvalidOperationException>(() => reply.NotReached()).ShouldBe("Only a call is charged by its minutes.");
        Said<ArgumentException>(() => JobOrder.Translation(GermanFrench, LineCount.Restore(0), Urgency.Standard)).ShouldStartWith("Nothing in the text counts (text.empty).");
        Should.Throw<ArgumentNullException>(() => JobOrder.Translation(null!, Lines(1), Urgency.Standard)).ParamName.ShouldBe("pair");
        Should.Throw<ArgumentNullException>(() => JobOrder.Translation(GermanFrench, null!, Urgency.Standard)).ParamName.ShouldBe("count");
        Should.Throw<ArgumentOutOfRangeException>(() => JobPricer.Price(List, text, Domestic, -1)).ParamName.ShouldBe("minimumLines");
        Should.Throw<ArgumentOutOfRangeException>(() => JobPricer.Price(List, text, Domestic, List.MinimumLines + 1)).ParamName.ShouldBe("minimumLines");
        Should.Throw<OverflowException>(() => JobPricer.Price(List, JobOrder.Call(GermanFrench, 1, Urgency.Standard, int.MaxValue), Domestic));
        reply.Delivered(Lines(1)).IsRepetition.ShouldBeFalse();
        reply.Delivered(1).IsRepetition.ShouldBeFalse();
    }

    /// <summary>At seven in the morning the night is over: what is accepted then is promised for the next one.</summary>
    [Fact]
    public void The_morning_begins_at_seven()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        List.DeliverBy(Urgency.Night, new DateTimeOffset(2026, 11, 24, 6, 0, 0, TimeSpan.Zero), berlin).ShouldBe(new DateTimeOffset(2026, 11, 25, 6, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Every_country_is_known_once()
    {
        Countries.All.Count.ShouldBe(249);
        Countries.All.ShouldBe(Countries.All.Distinct().Order(StringComparer.Ordinal));
        Countries.All.ShouldAllBe(c => c.Length == 2 && Countries.Contains(c));
        Countries.Contains("XX").ShouldBeFalse();
        Countries.Contains(null).ShouldBeFalse();
    }

    private static JobOrder Order() => JobOrder.Translation(GermanFrench, Lines(1), Urgency.Standard);

    private static string Changed(string path, object value)
    {
        var list = JsonNode.Parse(List.ToJson())!;
        var at = list;
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            at = at[name]!;
        }

        at[names[^1]] = JsonSerializer.SerializeToNode(value);
        return list.ToJsonString();
    }
}

using FsCheck;
using FsCheck.Fluent;
using static Zweizeiler.Pricing.Tests.Prices.Lists;

namespace Zweizeiler.Pricing.Tests.Prices;

public sealed class PricePropertyTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(1000);

    // Also lists with odd rates and a high minimum, so that rounding and sharing have something to do.
    private static readonly Gen<PriceList> AnyList = Gen.Elements(
        List,
        With("\"minimumLines\":2", "\"minimumLines\":9"),
        With("\"minimumLines\":2", "\"minimumLines\":0"),
        With("\"de-fr\":120", "\"de-fr\":2"),
        With("\"translatorShare\":0.70", "\"translatorShare\":0.333"));

    private static readonly Gen<JobOrder> AnyOrder =
        from kind in Gen.Elements(Enum.GetValues<JobKind>())
        from pair in Gen.Elements("de-fr", "fr-de", "en-fr", "ja-de").Select(LanguagePair.Parse)
        from urgency in Gen.Elements(Enum.GetValues<Urgency>())
        from size in Gen.Choose(1, 60)
        from repetition in Gen.Elements(true, false)
        select Order(kind, pair, urgency, size, repetition);

    [Fact]
    public void A_price_is_never_negative_and_its_parts_make_the_whole() => Holds(AnyOrder, (list, order) =>
    {
        var price = JobPricer.Price(list, order, Domestic);
        return price.Net.Cents >= 0 && price.TranslatorFee.Cents >= 0 && price.PlatformShare.Cents >= 0
            && price.PlatformShare + price.TranslatorFee == price.Net
            && price.Gross == price.Net + price.Tax.Amount
            && price.BilledLines >= price.Lines && price.BilledLines >= list.MinimumLines;
    });

    [Fact]
    public void The_net_price_is_within_half_a_cent_of_the_exact_one() => Holds(AnyOrder, (list, order) =>
    {
        var price = JobPricer.Price(list, order, Domestic);
        var exact = price.BilledLines * price.RatePerLine * price.UrgencyFactor * price.RepetitionFactor;
        return price.Net.Cents - exact is > -0.5m and <= 0.5m;
    });

    [Fact]
    public void More_lines_never_cost_less() => Holds(AnyOrder, (list, order) =>
        order.Kind == JobKind.Call
        || JobPricer.Price(list, Order(order.Kind, order.Pair, order.Urgency, Size(list, order) + 1, order.IsRepetition), Domestic).Net
            >= JobPricer.Price(list, order, Domestic).Net);

    [Fact]
    public void A_repetition_never_costs_more() => Holds(AnyOrder, (list, order) =>
        order.Kind is not (JobKind.Translation or JobKind.Summary)
        || JobPricer.Price(list, Order(order.Kind, order.Pair, order.Urgency, Size(list, order), true), Domestic).Net
            <= JobPricer.Price(list, Order(order.Kind, order.Pair, order.Urgency, Size(list, order), false), Domestic).Net);

    [Fact]
    public void What_is_charged_never_exceeds_what_was_reserved() => Holds(
        from maximum in Gen.Choose(1, 40) from actual in Gen.Choose(1, 80) from urgency in Gen.Elements(Enum.GetValues<Urgency>()) select (maximum, actual, urgency),
        (list, x) =>
        {
            var formulation = JobOrder.Formulation(GermanFrench, x.maximum, x.urgency);
            var call = JobOrder.Call(GermanFrench, x.maximum, x.urgency);
            return Net(list, formulation.Delivered(Lines(x.actual))) <= Net(list, formulation)
                && Net(list, call.Reached(TimeSpan.FromSeconds(x.actual * 47))) <= Net(list, call)
                && Net(list, call.NotReached()) <= Net(list, call);
        });

    [Fact]
    public void A_bundle_never_costs_more_than_its_jobs_alone_and_never_less_than_its_lines() => Holds(AnyOrder.ListOf(), (list, orders) =>
    {
        var bundle = JobPricer.PriceBundle(list, [.. orders], Domestic);
        var alone = orders.Select(o => JobPricer.Price(list, o, Domestic)).ToList();
        return bundle.Zip(alone).All(p => p.First.Net <= p.Second.Net && p.First.BilledLines >= p.First.Lines)
            && bundle.Zip(orders).GroupBy(p => (p.Second.Kind, p.Second.Pair)).All(g =>
                g.Sum(p => p.First.MinimumLines) == list.MinimumLines
                && g.Sum(p => p.First.BilledLines) == Math.Max(g.Sum(p => p.First.Lines), list.MinimumLines));
    });

    [Fact]
    public void A_bundled_price_can_be_computed_again_from_its_billed_lines() => Holds(AnyOrder.ListOf(), (list, orders) =>
        JobPricer.PriceBundle(list, [.. orders], Domestic).Zip(orders).All(p =>
        {
            var again = JobPricer.Price(list, p.Second, Domestic, Math.Min(p.First.BilledLines, list.MinimumLines));
            return again.BilledLines == p.First.BilledLines && again.Net == p.First.Net && again.TranslatorFee == p.First.TranslatorFee;
        }));

    [Fact]
    public void A_price_list_survives_JSON() => Holds(AnyOrder, (list, order) =>
        PriceList.FromJson(list.ToJson()).ToJson() == list.ToJson()
        && Net(PriceList.FromJson(list.ToJson()), order) == Net(list, order));

    private static Money Net(PriceList list, JobOrder order) => JobPricer.Price(list, order, Domestic).Net;

    private static int Size(PriceList list, JobOrder order) => JobPricer.Price(list, order, Domestic).Lines;

    private static JobOrder Order(JobKind kind, LanguagePair pair, Urgency urgency, int size, bool repetition) => kind switch
    {
        JobKind.Translation => JobOrder.Translation(pair, Lines(size), urgency, repetition),
        JobKind.Summary => JobOrder.Summary(pair, Lines(size), urgency, repetition),
        JobKind.Formulation => JobOrder.Formulation(pair, size, urgency),
        _ => JobOrder.Call(pair, size, urgency),
    };

    private static void Holds<T>(Gen<T> values, Func<PriceList, T, bool> property) =>
        Prop.ForAll(AnyList.ToArbitrary(), values.ToArbitrary(), property).Check(Config);
}

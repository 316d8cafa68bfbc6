using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Marketplace.Tests;

public sealed class Ranking_candidates
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private static readonly Guid Anna = Id(1);
    private static readonly Guid Bert = Id(2);
    private static readonly Guid Cleo = Id(3);

    [Fact]
    public void Who_waited_longest_comes_first() => Order(Waiting(Anna, 5), Waiting(Bert, 50), Waiting(Cleo, 20)).ShouldBe([Bert, Cleo, Anna]);

    [Fact]
    public void Who_had_the_case_comes_before_whom_the_merchant_prefers_and_both_before_who_waited_longest()
    {
        var order = Ranking.Order(Cleo, [Bert], [], [Waiting(Anna, 10_000), Waiting(Bert, 10), Waiting(Cleo, 1)]);

        order.Select(r => r.Candidate.TranslatorId).ShouldBe([Cleo, Bert, Anna]);
        order[0].Reasons.ShouldBe([RankReason.SameCase]);
        order[1].Reasons.ShouldBe([RankReason.Preferred]);
        order[2].Reasons.ShouldBe([RankReason.WaitedLongest]);
    }

    [Fact]
    public void A_blocked_one_never_comes_not_even_with_the_case_and_the_merchants_wish() =>
        Ranking.Order(Anna, [Anna], [Anna], [Waiting(Anna, 1000), Waiting(Bert, 1)]).Select(r => r.Candidate.TranslatorId).ShouldBe([Bert]);

    [Fact]
    public void Who_holds_as_many_as_one_may_is_not_asked() =>
        Order(Waiting(Anna, 100) with { InHand = Lease.MostAtATime }, Waiting(Bert, 1)).ShouldBe([Bert]);

    [Theory]
    [InlineData(0, 0, 5, 25, 5, true)] // well rated: ten minutes' worth
    [InlineData(0, 0, 5, 25, 15, false)]
    [InlineData(0, 0, 4, 20, 5, false)] // four ratings say nothing yet
    [InlineData(0, 0, 5, 20, 5, false)] // neither well nor poorly
    public void Good_ratings_count_as_some_minutes_of_waiting(int claims, int lapses, int ratings, int sum, int otherWaitsLonger, bool first) =>
        (Order(Rated(Waiting(Anna, 10), claims, lapses, ratings, sum), Waiting(Bert, 10 + otherWaitsLonger))[0] == Anna).ShouldBe(first);

    [Theory]
    [InlineData(0, 0, 5, 15, 20, false)] // poorly rated
    [InlineData(0, 0, 5, 15, 40, true)]
    [InlineData(6, 2, 0, 0, 40, false)] // leaves every third job
    [InlineData(6, 2, 0, 0, 70, true)]
    [InlineData(6, 1, 0, 0, 1, true)]
    [InlineData(4, 4, 0, 0, 1, true)] // so few say nothing
    public void A_bad_record_costs_some_minutes_and_no_more(int claims, int lapses, int ratings, int sum, int waitsLonger, bool first) =>
        (Order(Rated(Waiting(Anna, 10 + waitsLonger), claims, lapses, ratings, sum), Waiting(Bert, 10))[0] == Anna).ShouldBe(first);

    [Fact]
    public void However_bad_a_record_everybodys_turn_comes()
    {
        var worst = Rated(Waiting(Anna, 0), 10, 10, 10, 10) with { InHand = Lease.MostAtATime - 1 };
        var best = Rated(Waiting(Bert, 0), 100, 0, 100, 500);

        Order(worst with { WaitsSince = Noon.AddHours(-3) }, best).ShouldBe([Anna, Bert]);
    }

    [Fact]
    public void Who_was_not_asked_today_comes_before_all_who_were_and_whose_hours_end_soonest_first()
    {
        var (morning, evening, asked) = (NotToday(Anna, 26, until: 1), NotToday(Bert, 30, until: 9), Waiting(Cleo, 200));

        var order = Ranking.Order(null, [], [], [asked, evening, morning]);

        order.Select(r => r.Candidate.TranslatorId).ShouldBe([Anna, Bert, Cleo]);
        order.Select(r => r.Reasons.Contains(RankReason.NotAskedToday)).ShouldBe([true, true, false]);
        Ranking.Order(Cleo, [], [], [asked, evening, morning])[0].Candidate.TranslatorId.ShouldBe(Cleo);
        Ranking.Order(null, [Cleo], [], [asked, evening, morning])[0].Candidate.TranslatorId.ShouldBe(Cleo);
    }

    [Fact]
    public void Who_was_passed_over_for_a_whole_day_comes_before_who_was_not_however_bad_her_record_and_long_her_day()
    {
        var worst = Rated(NotToday(Anna, 37, until: 12), 10, 10, 10, 10) with { InHand = Lease.MostAtATime - 1 };

        Order(NotToday(Bert, 35, until: 1), worst).ShouldBe([Anna, Bert]);
        Order(NotToday(Bert, 35, until: 1), worst with { WaitsSince = Noon.AddHours(-35) }).ShouldBe([Bert, Anna]);
    }

    [Fact]
    public void Of_those_whose_day_ends_at_the_same_time_who_waited_longest_comes_first() =>
        Order(NotToday(Anna, 14, until: 12), NotToday(Bert, 16, until: 12), NotToday(Cleo, 15, until: 12)).ShouldBe([Bert, Cleo, Anna]);

    [Fact]
    public void The_same_candidates_in_any_order_give_the_same_list()
    {
        var random = new Random(4711);
        var all = Enumerable.Range(1, 40).Select(i => Rated(
            i % 3 == 0 ? NotToday(Id(i), random.Next(13, 90), random.Next(1, 4)) : Waiting(Id(i), random.Next(0, 5)), random.Next(0, 9), random.Next(0, 4), random.Next(0, 9), random.Next(9, 40)) with
        { InHand = random.Next(0, 4) }).ToArray();
        var expected = Order(all);

        for (var i = 0; i < 50; i++)
        {
            random.Shuffle(all);
            Order(all).ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData(4 * 3600, 60)]
    [InlineData(3600, 60)]
    [InlineData(900, 30)] // never more than a tenth of the time to the promise
    public void A_window_is_a_minute_or_less_for_a_job_that_is_promised_soon(int promise, int seconds) =>
        new OfferRules().Until(Noon, Noon.AddSeconds(promise)).ShouldBe(Noon.AddSeconds(seconds));

    [Fact]
    public void Rules_that_make_no_sense_are_refused_at_the_start() => Should.Throw<InvalidOperationException>(() => new OfferRules { Turns = -1 }.Checked());

    private static List<Guid> Order(params Candidate[] candidates) => [.. Ranking.Order(null, [], [], candidates).Select(r => r.Candidate.TranslatorId)];

    /// <summary>Asked on this day, or so long ago that her day is made to have begun before.</summary>
    private static Candidate Waiting(Guid id, int minutes) => new(id, Noon.AddMinutes(-minutes), 0, 0, 0, 0, 0, Noon.AddDays(-30), Noon.AddHours(12));

    /// <summary>Not asked since before midnight, and at work for some more hours.</summary>
    private static Candidate NotToday(Guid id, int hours, int until) => new(id, Noon.AddHours(-hours), 0, 0, 0, 0, 0, Noon.AddHours(-12), Noon.AddHours(until));

    private static Candidate Rated(Candidate candidate, int claims, int lapses, int ratings, int sum) =>
        candidate with { Claims = claims, Lapses = lapses, Ratings = ratings, RatingSum = sum };

    private static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

public sealed class Offering_in_turn(FairMarket market) : IClassFixture<FairMarket>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_job_is_offered_to_three_in_turn_a_minute_each_then_to_all()
    {
        var job = await market.OfferAsync("Drei werden gefragt.");
        var asked = new List<Guid>();
        for (var turn = 1; turn <= 3; turn++)
        {
            asked.Add(await OfferedToAsync(job, asked));
            var told = await market.ToldAsync<OfferMade>(o => o.JobId == Market.Id(job) && o.TranslatorId == asked[^1]);
            (told.FeeCents, told.ExclusiveUntil - told.OfferedAt, told.Facts.Kind).ShouldBe((168, TimeSpan.FromMinutes(1), "translation"));
            using var her = await market.TranslatorAsync(Market.Number(asked[^1]));
            using var other = await market.TranslatorAsync(Somebody(asked));
            var page = WebUtility.HtmlDecode(await her.GetAsync("/portal"));
            page.ShouldContain("Nur für Sie:");
            page.ShouldContain("data-action=\"not-now\"");
            (await other.GetAsync("/portal")).ShouldNotContain(job);
            (await other.StatusOfAsync($"/portal/jobs/{job}")).ShouldBe(HttpStatusCode.NotFound);
            (await other.ClaimAsync(job)).ShouldContain("zuerst gefragt");
            market.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await Eventually.Within(Soon, async () => (await market.JobAsync(job)).OfferedToId is null);
        (await OffersOf(job)).Select(o => (o.Turn, o.Outcome)).ShouldBe([(1, "lapsed"), (2, "lapsed"), (3, "lapsed")]);
        using var anybody = await market.TranslatorAsync(Somebody(asked));
        (await anybody.GetAsync("/portal")).ShouldContain(job);
        (await anybody.ClaimAsync(job)).ShouldContain("Der Auftrag gehört Ihnen");
    }

    [Fact]
    public async Task Not_now_asks_the_next_one_at_once_and_whoever_takes_it_ends_the_round()
    {
        var job = await market.OfferAsync();
        var first = await OfferedToAsync(job, []);
        using var her = await market.TranslatorAsync(Market.Number(first));

        using var answer = await her.PostAsync("/portal", $"/portal/jobs/{job}?handler=NotNow", []);
        answer.Headers.Location!.ToString().ShouldBe("/portal");

        var second = await OfferedToAsync(job, [first]);
        (await her.ClaimAsync(job)).ShouldContain("zuerst gefragt");
        using var next = await market.TranslatorAsync(Market.Number(second));
        (await next.ClaimAsync(job)).ShouldContain("Der Auftrag gehört Ihnen");
        (await OffersOf(job)).Select(o => o.Outcome).ShouldBe(["declined", "taken"]);
        var after = await market.JobAsync(job);
        (after.OfferedToId, after.OfferedUntil, after.HolderId).ShouldBe((null, null, second));
        using var late = await her.PostAsync("/portal", $"/portal/jobs/{job}?handler=NotNow", []);
        WebUtility.HtmlDecode(await her.GetAsync("/portal")).ShouldContain("war schon um");
    }

    [Fact]
    public async Task The_case_comes_first_then_the_merchants_wish_and_who_is_blocked_pausing_or_not_at_work_never()
    {
        var (case1, liked, blocked, paused, sleeping) = (40, 41, 42, 43, 44);
        using var pausing = await market.TranslatorAsync(paused);
        (await pausing.PostAsync("/portal", "/portal/preferences?handler=Availability", new() { ["available"] = "false" })).Dispose();
        var day = TimeZoneInfo.ConvertTime(market.Time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).DayOfWeek;
        await market.App.ReadAsync(async db =>
        {
            // What earlier specs left on offer goes on to nobody, least of all to one of these.
            await db.Timers.Where(t => t.Kind == TimerKind.Offer).ExecuteDeleteAsync();
            await db.Jobs.Where(j => j.OfferedToId != null).ExecuteUpdateAsync(j => j.SetProperty(x => x.OfferedToId, (Guid?)null));
            // She works on another day of the week only; the one of the case works now.
            db.Add(Hours(sleeping, (((int)day + 3) % 7) + 1, 0, WorkingHours.EndOfDay));
            for (var d = 1; d <= 7; d++)
            {
                db.Add(Hours(case1, d, 0, WorkingHours.EndOfDay));
            }

            return await db.SaveChangesAsync();
        });
        var preferences = new TranslatorPreferences(
            [Market.TranslatorId(liked), Market.TranslatorId(blocked), Market.TranslatorId(paused), Market.TranslatorId(sleeping)],
            [Market.TranslatorId(blocked)],
            Market.TranslatorId(case1));

        var job = await market.OfferAsync(preferences: preferences);

        var first = await OfferedToAsync(job, []);
        first.ShouldBe(Market.TranslatorId(case1));
        market.Time.Advance(TimeSpan.FromMinutes(1));
        var second = await OfferedToAsync(job, [first]);
        second.ShouldBe(Market.TranslatorId(liked));
        market.Time.Advance(TimeSpan.FromMinutes(1));
        var third = await OfferedToAsync(job, [first, second]);
        new[] { blocked, paused, sleeping }.Select(Market.TranslatorId).ShouldNotContain(third);
        var offers = await OffersOf(job);
        offers[0].Reasons.ShouldContain(RankReason.SameCase);
        offers[1].Reasons.ShouldContain(RankReason.Preferred);
        offers[0].NextIds[0].ShouldBe(second);
        offers[0].NextIds.ShouldNotContain(Market.TranslatorId(blocked));
        offers[0].Candidates.ShouldBeGreaterThan(40);
        (await pausing.PostAsync("/portal", "/portal/preferences?handler=Availability", new() { ["available"] = "true" })).Dispose();
    }

    [Fact]
    public async Task Who_was_not_asked_on_her_day_comes_first_and_of_two_the_one_who_leaves_sooner()
    {
        var (stays, leaves) = (38, 39);
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        // Not so late that nothing of the day is left.
        if (TimeZoneInfo.ConvertTime(market.Time.GetUtcNow(), berlin).Hour >= 22)
        {
            market.Time.Advance(TimeSpan.FromHours(3));
        }

        var local = TimeZoneInfo.ConvertTime(market.Time.GetUtcNow(), berlin);
        var yesterday = market.Time.GetUtcNow() - local.TimeOfDay - TimeSpan.FromHours(2);
        await market.App.ReadAsync(async db =>
        {
            await db.Timers.Where(t => t.Kind == TimerKind.Offer).ExecuteDeleteAsync();
            await db.Jobs.Where(j => j.OfferedToId != null).ExecuteUpdateAsync(j => j.SetProperty(x => x.OfferedToId, (Guid?)null));
            // Everybody else was asked a moment ago; she who stays has waited longer than she who leaves.
            await db.Standings.ExecuteUpdateAsync(s => s.SetProperty(x => x.WaitsSince, market.Time.GetUtcNow()));
            await db.Standings.Where(s => s.TranslatorId == Market.TranslatorId(stays)).ExecuteUpdateAsync(s => s.SetProperty(x => x.WaitsSince, yesterday - TimeSpan.FromHours(2)));
            await db.Standings.Where(s => s.TranslatorId == Market.TranslatorId(leaves)).ExecuteUpdateAsync(s => s.SetProperty(x => x.WaitsSince, yesterday));
            for (var d = 1; d <= 7; d++)
            {
                db.Add(Hours(leaves, d, 0, (local.Hour * 60) + local.Minute + 60));
            }

            return await db.SaveChangesAsync();
        });

        var job = await market.OfferAsync();

        var first = await OfferedToAsync(job, []);
        first.ShouldBe(Market.TranslatorId(leaves));
        market.Time.Advance(TimeSpan.FromMinutes(1));
        (await OfferedToAsync(job, [first])).ShouldBe(Market.TranslatorId(stays));
        var offers = await OffersOf(job);
        offers[0].Reasons.ShouldContain(RankReason.NotAskedToday);
        offers[0].Reasons.ShouldNotContain(RankReason.WaitedLongest);
        offers[1].Reasons.ShouldContain(RankReason.WaitedLongest);
        await market.App.ReadAsync(db => db.WorkingHours.Where(w => w.TranslatorId == Market.TranslatorId(leaves)).ExecuteDeleteAsync());
    }

    [Fact]
    public async Task Of_many_jobs_at_once_on_two_replicas_nobody_is_asked_about_two()
    {
        _ = market.StartReplica().Services;
        var placed = Enumerable.Range(0, 20).Select(_ => market.Placed()).ToList();
        await Task.WhenAll(placed.Select(p => market.Recorder.PublishAsync(p)));
        await Task.WhenAll(placed.Select(p => market.Recorder.PublishAsync(market.Funded(p))));

        await Task.WhenAll(placed.Select(p => market.IsAsync(p.JobId, JobState.Open)));

        var ids = placed.Select(p => p.JobId).ToList();
        var asked = await market.App.ReadAsync(db => db.Offers.Where(o => ids.Contains(o.JobId) && o.Turn == 1).Select(o => o.TranslatorId).ToListAsync());
        asked.Count.ShouldBeGreaterThan(15);
        asked.Distinct().Count().ShouldBe(asked.Count);
    }

    [Fact]
    public async Task Who_takes_a_job_from_the_pool_goes_to_the_end_of_the_line_too()
    {
        var job = await market.OfferAsync();
        await market.App.ReadAsync(async db =>
        {
            await db.Offers.Where(o => o.JobId == Market.Id(job)).ExecuteUpdateAsync(o => o.SetProperty(x => x.EndedAt, market.Time.GetUtcNow()));
            return await db.Jobs.Where(j => j.Id == Market.Id(job)).ExecuteUpdateAsync(j => j.SetProperty(x => x.OfferedToId, (Guid?)null));
        });
        var before = await StandingOf(45);
        using var translator = await market.TranslatorAsync(45);
        await translator.ClaimAsync(job);

        var after = await StandingOf(45);
        after.WaitsSince.ShouldBeGreaterThan(before.WaitsSince);
        after.Claims.ShouldBe(before.Claims + 1);
        (await translator.PostAsync($"/portal/work/{job}", $"/portal/work/{job}?handler=HandBack", [])).Dispose();
        (await StandingOf(45)).Claims.ShouldBe(before.Claims);
    }

    [Fact]
    public async Task A_window_that_nobody_works_off_keeps_the_job_from_nobody_for_long()
    {
        var job = await market.OfferAsync();
        var first = await OfferedToAsync(job, []);
        await market.App.ReadAsync(db => db.Timers.Where(t => t.JobId == Market.Id(job) && t.Kind == TimerKind.Offer).ExecuteDeleteAsync());
        market.Time.Advance(TimeSpan.FromSeconds(91));

        using var other = await market.TranslatorAsync(Somebody([first]));
        (await other.GetAsync("/portal")).ShouldContain(job);
        (await other.ClaimAsync(job)).ShouldContain("Der Auftrag gehört Ihnen");
        (await OffersOf(job)).Single().Outcome.ShouldBe("lapsed");
    }

    [Fact]
    public async Task Whoever_takes_whatever_appears_is_slowed_down()
    {
        using var translator = await market.TranslatorAsync(46);
        var answers = new List<string>();
        for (var i = 0; i < ClaimPace.Burst + 2; i++)
        {
            var job = await market.OfferAsync(preferences: new TranslatorPreferences([], [], Market.TranslatorId(46)));
            answers.Add(await translator.ClaimAsync(job));
            if (answers[^1].Contains("gehört Ihnen", StringComparison.Ordinal))
            {
                (await translator.PostAsync($"/portal/work/{job}", $"/portal/work/{job}?handler=HandBack", [])).Dispose();
            }
        }

        answers.Count(a => a.Contains("Das ging sehr schnell", StringComparison.Ordinal)).ShouldBeGreaterThan(0);
        market.Time.Advance(TimeSpan.FromMinutes(5));
        var later = await market.OfferAsync(preferences: new TranslatorPreferences([], [], Market.TranslatorId(46)));
        (await translator.ClaimAsync(later)).ShouldContain("Der Auftrag gehört Ihnen");
    }

    [Fact]
    public async Task An_offer_for_one_reaches_her_page_alone_and_the_others_when_it_is_open_to_all()
    {
        using var her = await market.TranslatorAsync(47);
        using var other = await market.TranslatorAsync(48);
        await using var herPage = await LivePage.OpenAsync(her);
        await using var otherPage = await LivePage.OpenAsync(other);

        var job = await market.OfferAsync("Nur für eine.", preferences: new TranslatorPreferences([], [], Market.TranslatorId(47)));

        var card = (await herPage.NextAsync("offer", job)).GetProperty("html").GetString()!;
        card.ShouldContain("data-action=\"not-now\"");
        card.ShouldContain("data-time=\"offer\"");
        // Everybody says "Not now" until it is open to all.
        for (var asked = new List<Guid>(); (await market.JobAsync(job)).OfferedToId is { } now;)
        {
            asked.Add(now);
            using var visitor = await market.TranslatorAsync(Market.Number(now));
            (await visitor.PostAsync("/portal", $"/portal/jobs/{job}?handler=NotNow", [])).Dispose();
        }

        var open = (await otherPage.NextAsync("offer", job)).GetProperty("html").GetString()!;
        open.ShouldNotContain("data-action=\"not-now\"");
        otherPage.Seen.Count(e => e.Contains(job, StringComparison.Ordinal)).ShouldBe(1);
    }

    private async Task<Guid> OfferedToAsync(string job, IReadOnlyCollection<Guid> before) => (await Eventually.Found(
        Soon, async () => await market.JobAsync(job) is { OfferedToId: { } id } && !before.Contains(id) ? (object)id : null)) is Guid found
        ? found
        : throw new InvalidOperationException();

    private Task<List<Offer>> OffersOf(string job) =>
        market.App.ReadAsync(db => db.Offers.AsNoTracking().Where(o => o.JobId == Market.Id(job)).OrderBy(o => o.Turn).ToListAsync());

    private Task<Standing> StandingOf(int translator) =>
        market.App.ReadAsync(db => db.Standings.AsNoTracking().SingleAsync(s => s.TranslatorId == Market.TranslatorId(translator)));

    /// <summary>A German-speaking translator who is none of these.</summary>
    private static int Somebody(IReadOnlyCollection<Guid> butNot) => Enumerable.Range(1, 39).First(i => !butNot.Contains(Market.TranslatorId(i)));

    private static WorkingHours Hours(int translator, int day, int from, int to) =>
        new() { TranslatorId = Market.TranslatorId(translator), Day = day, From = from, To = to };
}

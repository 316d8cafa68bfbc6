using System.Net;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.Marketplace.Tests.Support;

namespace Zweizeiler.Marketplace.Tests;

public sealed class The_jobs_page(Market market) : IClassFixture<Market>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_what_is_offered_to_her_alone_above_what_she_works_on()
    {
        using var translator = await market.TranslatorAsync(11);
        var held = await market.OfferAsync();
        await translator.ClaimAsync(held);
        var hers = await market.OfferAsync();
        await market.App.ReadAsync(db => db.Jobs.Where(j => j.Id == Market.Id(hers)).ExecuteUpdateAsync(
            j => j.SetProperty(x => x.OfferedToId, Market.TranslatorId(11)).SetProperty(x => x.OfferedUntil, market.Time.GetUtcNow().AddMinutes(1)), Cancelled));

        var page = await translator.GetAsync("/portal");

        page.IndexOf($"data-job=\"{hers}\"", StringComparison.Ordinal).ShouldBeInRange(1, page.IndexOf($"data-held=\"{held}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Leads_a_newcomer_to_the_texts_that_wait_for_her()
    {
        using var her = await market.JoinedAsync(PeopleMarket.NewEmail());
        (await her.GetAsync("/portal")).ShouldContain("href=\"/portal/profile/pairs\" data-action=\"pairs\"");
        (await her.PostAsync("/portal/profile/pairs", "/portal/profile/pairs?handler=Add", new() { ["Source"] = "pl", ["Target"] = "de" })).Dispose();

        var page = WebUtility.HtmlDecode(await her.GetAsync("/portal"));

        page.ShouldContain("Drei kleine Texte warten auf Sie.");
        page.ShouldContain("href=\"/portal/profile/pairs/pl-de\" data-action=\"test\"");
    }

    [Fact]
    public async Task Says_how_soon_the_next_job_usually_comes_once_enough_have_come()
    {
        const int translator = 12;
        await market.App.ReadAsync(async db =>
        {
            await db.TranslatorPairs.Where(p => p.TranslatorId == Market.TranslatorId(translator)).ExecuteDeleteAsync(Cancelled);
            db.Add(new TranslatorPair { TranslatorId = Market.TranslatorId(translator), Source = "ja", Target = "nl" });
            return await db.SaveChangesAsync(Cancelled);
        });
        using var her = await market.TranslatorAsync(translator);
        var first = market.Time.GetUtcNow().AddHours(-5);
        var jobs = new List<string>();
        async Task ComeAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var job = await market.OfferAsync(source: "ja", target: "nl");
                jobs.Add(job);
                // One every ten minutes, and a second one in the same minute, as of a batch.
                var at = first.AddMinutes(jobs.Count / 2 * 10);
                await market.App.ReadAsync(db => db.Jobs.Where(j => j.Id == Market.Id(job)).ExecuteUpdateAsync(
                    j => j.SetProperty(x => x.OfferedAt, at).SetProperty(x => x.State, JobState.Cancelled), Cancelled));
            }
        }

        await ComeAsync(10);
        var tooFew = WebUtility.HtmlDecode(await her.GetAsync("/portal"));
        tooFew.ShouldContain("Der letzte kam");
        tooFew.ShouldNotContain("Meist kommt der nächste");

        await ComeAsync(10);
        WebUtility.HtmlDecode(await her.GetAsync("/portal")).ShouldContain("Meist kommt der nächste innerhalb von 10 min.");
    }

    [Fact]
    public async Task A_jobs_link_says_that_it_was_taken_and_leads_on()
    {
        var job = await market.OfferAsync();
        using var holder = await market.TranslatorAsync(13);
        await holder.ClaimAsync(job);
        using var other = await market.TranslatorAsync(14);

        using var answer = await other.Http.GetAsync($"/portal/jobs/{job}", Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancelled));
        page.ShouldContain("Dieser Auftrag ist nicht mehr offen");
        page.ShouldContain("class=\"tabs\"");
        page.ShouldNotContain("Ihr Paket ist da");
    }

    [Fact]
    public void Days_are_declined_where_a_preposition_stands_before_them()
    {
        var german = new Reader("de", null, market.Time);
        var now = german.Now;

        german.Span(TimeSpan.FromDays(3)).ShouldBe("3 Tage");
        german.Ago(now - TimeSpan.FromDays(3)).ShouldBe("vor 3 Tagen");
        german.DueTag(now + TimeSpan.FromDays(3.5)).ToString().ShouldNotBeNull().ShouldContain(">in 3 Tagen<");
        german.DueTag(now - TimeSpan.FromDays(3.5)).ToString().ShouldNotBeNull().ShouldContain(">seit 3 Tagen ");
        new Reader("en", null, market.Time).Span(TimeSpan.FromDays(3)).ShouldBe("3 days");
    }

    [Fact]
    public void Until_when_names_the_day_unless_it_is_today()
    {
        var noon = new DateTimeOffset(2026, 11, 28, 11, 0, 0, TimeSpan.Zero);
        var german = new Reader("de", "Europe/Berlin", new StandingTime(noon));

        german.ClockOrDay(noon.AddHours(2)).ShouldBe("14:00");
        german.ClockOrDay(noon.AddHours(65)).ShouldBe("Di, 1. Dezember, 05:00 Uhr");
    }

    private sealed class StandingTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

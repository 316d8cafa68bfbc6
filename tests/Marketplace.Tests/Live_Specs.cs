using System.Diagnostics;
using System.Globalization;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Marketplace.Tests;

public sealed class Live_pages(Market market) : IClassFixture<Market>
{
    [Fact]
    public async Task An_offer_reaches_the_pages_of_every_replica_within_a_second_and_greys_out_when_taken()
    {
        var other = market.StartReplica();
        using var here = await market.TranslatorAsync(1);
        using var there = await market.TranslatorAsync(2, other);
        await using var pageHere = await LivePage.OpenAsync(here);
        await using var pageThere = await LivePage.OpenAsync(there);
        var placed = market.Placed("Ein neuer Auftrag.");
        await market.Recorder.PublishAsync(placed);
        await market.IsAsync(placed.JobId, Domain.JobState.Placed);
        var clock = Stopwatch.StartNew();
        await market.Recorder.PublishAsync(market.Funded(placed));
        var job = PublicId.Format("job", placed.JobId);

        foreach (var page in new[] { pageHere, pageThere })
        {
            var offer = await page.NextAsync("offer", job);
            offer.GetProperty("html").GetString()!.ShouldContain("Ein neuer Auftrag.");
            offer.GetProperty("html").GetString()!.ShouldContain($"data-job=\"{job}\"");
        }

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        await here.ClaimAsync(job);
        (await pageHere.NextAsync("gone", job)).GetProperty("mine").GetBoolean().ShouldBeTrue();
        (await pageThere.NextAsync("gone", job)).GetProperty("mine").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_card_that_came_live_to_many_is_in_each_ones_language_and_can_be_taken_by_its_own_form()
    {
        using var english = await market.TranslatorAsync(0);
        using var german = await market.TranslatorAsync(3);
        using var another = await market.TranslatorAsync(5);
        var readers = new[] { english, german, another };
        var pages = new List<LivePage>();
        foreach (var reader in readers)
        {
            pages.Add(await LivePage.OpenAsync(reader));
        }

        // Some tell all pages at once, so that one may be rendered for another: each round somebody else may be the first.
        for (var round = 0; round < readers.Length; round++)
        {
            var job = await market.OfferAsync();
            var cards = new List<(string Html, string Token)>();
            foreach (var page in pages)
            {
                var html = (await page.NextAsync("offer", job)).GetProperty("html").GetString()!;
                cards.Add((html, html.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0]));
            }

            cards.Select(c => c.Token).Distinct().Count().ShouldBe(readers.Length);
            cards[0].Html.ShouldContain("Take it");
            cards.Skip(1).ShouldAllBe(c => c.Html.Contains("Annehmen"));
            using var answer = await readers[round].PostWithAsync(cards[round].Token, $"/portal/jobs/{job}?handler=Claim", []);
            answer.Headers.Location!.ToString().ShouldBe($"/portal/work/{job}");
        }

        foreach (var page in pages)
        {
            await page.DisposeAsync();
        }
    }

    [Fact]
    public async Task Who_was_away_is_told_what_was_missed()
    {
        using var translator = await market.TranslatorAsync(4);
        var since = market.Time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var job = await market.OfferAsync();

        await using var page = await LivePage.OpenAsync(translator, since);

        (await page.NextAsync("offer", job)).GetProperty("html").GetString()!.ShouldContain(job);
    }

    [Fact]
    public async Task Offers_of_other_pairs_are_not_told()
    {
        using var outsider = await market.TranslatorAsync(Market.Outsider);
        await using var page = await LivePage.OpenAsync(outsider);
        var foreign = await market.OfferAsync();
        var own = await market.OfferAsync("Dzień dobry", "pl", "de");

        await page.NextAsync("offer", own);

        page.Seen.ShouldNotContain(e => e.Contains(foreign, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deliveries_tell_the_writers_other_pages()
    {
        using var translator = await market.TranslatorAsync(5);
        var job = await market.OfferAsync();
        await translator.ClaimAsync(job);
        await using var page = await LivePage.OpenAsync(translator);

        (await translator.DeliverAsync(job, "Bonjour, votre colis est là.")).Dispose();

        await page.NextAsync("mine", null);
    }
}

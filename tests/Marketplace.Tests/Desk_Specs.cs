using System.Net;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Desk;
using Zweizeiler.Marketplace.Tests.Support;

namespace Zweizeiler.Marketplace.Tests;

public sealed class At_the_desk(FairMarket market) : IClassFixture<FairMarket>
{
    [Fact]
    public async Task Operators_see_who_was_asked_and_why_and_have_a_job_offered_anew_with_a_reason_that_is_kept()
    {
        var job = await market.OfferAsync();
        var first = (await market.JobAsync(job)).OfferedToId!.Value;
        using var person = await OperatorAsync();
        var page = $"/portal/desk/jobs/{job}";
        (await person.GetAsync("/portal/desk")).ShouldContain($"href=\"{page}\"");
        var before = WebUtility.HtmlDecode(await person.GetAsync(page));
        before.ShouldContain($"Translator {Market.Number(first)}");
        before.ShouldContain("waited longest");
        before.ShouldNotContain("Guten Tag, Ihr Paket ist da.");

        using var without = await person.PostAsync(page, $"{page}?handler=Reoffer", new() { ["Reason"] = " " });
        WebUtility.HtmlDecode(await without.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Please say why");
        (await market.JobAsync(job)).OfferRound.ShouldBe(1);
        using var with = await person.PostAsync(page, $"{page}?handler=Reoffer", new() { ["Reason"] = "The merchant rang." });

        with.Headers.Location!.ToString().ShouldBe(page);
        (await market.JobAsync(job)).OfferRound.ShouldBe(2);
        var offers = await market.App.ReadAsync(db => db.Offers.Where(o => o.JobId == Market.Id(job)).OrderBy(o => o.Round).ToListAsync());
        offers.Select(o => (o.Round, o.Turn, o.Outcome)).ShouldBe([(1, 1, "withdrawn"), (2, 1, null)]);
        var after = WebUtility.HtmlDecode(await person.GetAsync(page));
        after.ShouldContain("The merchant rang.");
        after.ShouldContain("data-done-by-hand=\"reoffered\"");
    }

    [Fact]
    public async Task Operators_take_a_job_back_and_its_draft_is_kept_for_its_writer()
    {
        var job = await market.OfferAsync();
        var holder = Market.Number((await market.JobAsync(job)).OfferedToId!.Value);
        using var translator = await market.TranslatorAsync(holder);
        await translator.ClaimAsync(job);
        (await translator.SendAsync(job, "Save", new() { ["Text"] = "Bonjour, votre" })).Dispose();
        using var person = await OperatorAsync();
        var page = $"/portal/desk/jobs/{job}";

        using var answer = await person.PostAsync(page, $"{page}?handler=Release", new() { ["Reason"] = "She asked us to." });

        answer.Headers.Location!.ToString().ShouldBe(page);
        (await market.JobAsync(job)).State.ShouldBe(JobState.Open);
        await market.ToldAsync<JobReleased>(r => r.JobId == Market.Id(job));
        (await market.App.ReadAsync(db => db.Claims.SingleAsync(c => c.JobId == Market.Id(job)))).Outcome.ShouldBe("taken_back");
        var action = await market.App.ReadAsync(db => db.DeskActions.SingleAsync(a => a.JobId == Market.Id(job)));
        (action.Action, action.Reason, action.TranslatorId).ShouldBe(("released", "She asked us to.", Market.TranslatorId(holder)));
        (await translator.ClaimAsync(job)).ShouldContain("Bonjour, votre");
        // Nobody holds it any more when the second operator presses the button.
        (await translator.SendAsync(job, "HandBack", [])).Dispose();
        using var late = await person.PostAsync(page, $"{page}?handler=Release", new() { ["Reason"] = "Twice." });
        WebUtility.HtmlDecode(await person.GetAsync(page)).ShouldContain("the job has moved on meanwhile");
        (await market.App.ReadAsync(db => db.DeskActions.CountAsync(a => a.JobId == Market.Id(job)))).ShouldBe(1);
    }

    [Fact]
    public async Task A_translator_can_do_none_of_it()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(1);
        var token = await translator.TokenAsync("/portal");
        (await translator.StatusOfAsync($"/portal/desk/jobs/{job}")).ShouldBe(HttpStatusCode.Forbidden);
        foreach (var handler in new[] { "Reoffer", "Release" })
        {
            using var answer = await translator.PostWithAsync(token, $"/portal/desk/jobs/{job}?handler={handler}", new() { ["Reason"] = "Ich." });
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, handler);
        }

        (await market.App.ReadAsync(db => db.DeskActions.CountAsync(a => a.JobId == Market.Id(job)))).ShouldBe(0);
    }

    [Theory]
    [InlineData(0, 0, 0, false, false, 0, "nobody_ready")]
    [InlineData(5, 1, 0, true, false, 0, "being_offered")]
    [InlineData(5, 3, 0, false, false, 0, "nobody_answered")]
    [InlineData(5, 3, 2, false, false, 0, "declined")]
    [InlineData(5, 3, 2, false, true, 2, "question_open given_back declined")]
    [InlineData(5, 0, 0, false, false, 1, "in_the_pool")]
    public void The_desk_says_why_nobody_has_taken_a_job(int ready, int asked, int declined, bool offered, bool question, int back, string expected) =>
        string.Join(' ', StuckReason.Of(new StuckFacts(ready, asked, declined, offered, question, back))).ShouldBe(expected);

    private async Task<Visitor> OperatorAsync()
    {
        var person = market.App.Visitor();
        await person.SignInAsync(Market.OperatorEmail);
        return person;
    }
}

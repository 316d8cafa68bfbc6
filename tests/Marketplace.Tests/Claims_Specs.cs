using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Claims;
using Zweizeiler.Marketplace.Features.Timers;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

public sealed class Claiming(Market market) : IClassFixture<Market>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Of_fifty_who_take_a_job_at_once_on_two_replicas_one_wins_and_forty_nine_get_a_friendly_answer()
    {
        var job = await market.OfferAsync();
        var other = market.StartReplica();
        var visitors = await Task.WhenAll(Enumerable.Range(1, 50).Select(i => market.TranslatorAsync(i, i % 2 == 0 ? market.App : other)));
        var tokens = await Task.WhenAll(visitors.Select(v => v.TokenAsync("/portal")));

        var answers = await Task.WhenAll(visitors.Zip(tokens, (v, token) => v.PostWithAsync(token, $"/portal/jobs/{job}?handler=Claim", [])));

        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Redirect);
        answers.Count(a => a.Headers.Location!.ToString() == $"/portal/work/{job}").ShouldBe(1);
        answers.Count(a => a.Headers.Location!.ToString() == "/portal").ShouldBe(49);
        // Not one of the first, who may hold as many as they may by another test.
        var loser = visitors[answers.Select((a, i) => (a, i)).Last(x => x.a.Headers.Location!.ToString() == "/portal").i];
        WebUtility.HtmlDecode(await loser.GetAsync("/portal")).ShouldContain("Jemand anders war einen Augenblick schneller.");
        (await market.App.ReadAsync(db => db.Claims.CountAsync(c => c.JobId == Market.Id(job)))).ShouldBe(1);
        await Eventually.Within(Soon, () => market.Recorder.All<JobClaimed>().Any(c => c.JobId == Market.Id(job)));
        market.Recorder.All<JobClaimed>().Count(c => c.JobId == Market.Id(job)).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_holds_more_than_three_also_when_taking_six_at_once()
    {
        // In whatever order the tests run, she may have won the race of the fifty.
        var before = await market.App.ReadAsync(db => db.Jobs.CountAsync(j => j.HolderId == Market.TranslatorId(2) && j.State == JobState.InProgress));
        var jobs = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            jobs.Add(await market.OfferAsync());
        }

        var results = await Task.WhenAll(jobs.Select(job => market.App.InScopeAsync(services =>
            services.GetRequiredService<ClaimJob>().RunAsync(Market.TranslatorId(2), Market.Id(job), default))));

        results.Count(r => r == ClaimResult.Won).ShouldBe(3 - before);
        results.Count(r => r == ClaimResult.TooMany).ShouldBe(3 + before);
        using var translator = await market.TranslatorAsync(2);
        (await translator.ClaimAsync(jobs[Array.IndexOf(results, ClaimResult.TooMany)])).ShouldContain("Sie haben schon 3 Aufträge in Arbeit");
    }

    [Fact]
    public async Task A_job_of_another_pair_is_not_to_be_seen_or_had()
    {
        var job = await market.OfferAsync();
        using var outsider = await market.TranslatorAsync(Market.Outsider);

        (await outsider.StatusOfAsync($"/portal/jobs/{job}")).ShouldBe(HttpStatusCode.NotFound);
        using var claim = await outsider.PostAsync("/portal", $"/portal/jobs/{job}?handler=Claim", []);
        claim.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await market.JobAsync(job)).State.ShouldBe(JobState.Open);
    }

    [Fact]
    public async Task A_job_of_a_kind_that_she_does_not_do_is_not_to_be_seen_or_had()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(7);
        await ChangeKindsAsync(["summary"]);
        try
        {
            (await translator.GetAsync("/portal")).ShouldNotContain(job);
            (await translator.StatusOfAsync($"/portal/jobs/{job}")).ShouldBe(HttpStatusCode.NotFound);
            using var claim = await translator.PostAsync("/portal", $"/portal/jobs/{job}?handler=Claim", []);
            claim.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await market.JobAsync(job)).State.ShouldBe(JobState.Open);
        }
        finally
        {
            await ChangeKindsAsync(["translation", "formulation", "summary", "call"]);
        }

        Task ChangeKindsAsync(List<string> kinds) => market.App.ReadAsync(db => db.Translators
            .Where(t => t.Id == Market.TranslatorId(7)).ExecuteUpdateAsync(t => t.SetProperty(x => x.Kinds, kinds)));
    }

    [Fact]
    public async Task Before_it_is_taken_a_job_does_not_name_the_customer_and_afterwards_it_does()
    {
        var job = await market.OfferAsync("Guten Tag Frau Martin, Ihr Paket ist da.");
        using var translator = await market.TranslatorAsync(20);

        (await translator.GetAsync("/portal")).ShouldContain(job);
        foreach (var page in new[] { "/portal", $"/portal/jobs/{job}" })
        {
            var html = await translator.GetAsync(page);
            html.ShouldContain("Ihr Paket ist da.");
            html.ShouldNotContain("Martin");
        }

        (await translator.ClaimAsync(job)).ShouldContain("Martin");
    }

    [Fact]
    public async Task Within_a_minute_a_job_goes_back_without_a_trace()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(3);
        await translator.ClaimAsync(job);

        using var answer = await translator.PostAsync($"/portal/work/{job}", $"/portal/work/{job}?handler=HandBack", []);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await market.JobAsync(job)).State.ShouldBe(JobState.Open);
        (await market.App.ReadAsync(db => db.Claims.CountAsync(c => c.JobId == Market.Id(job)))).ShouldBe(0);
        await Eventually.Within(Soon, () => market.Recorder.All<JobReleased>().Any(r => r.JobId == Market.Id(job) && r.Reason == "handed_back"));
        (await translator.ClaimAsync(job)).ShouldContain("Der Auftrag gehört Ihnen");
    }

    [Fact]
    public async Task Later_it_goes_back_with_a_reason_and_the_draft_is_kept_for_its_writer()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(4);
        await translator.ClaimAsync(job);
        (await translator.PostAsync($"/portal/work/{job}", $"/portal/work/{job}?handler=Save", new() { ["Text"] = "Bonjour, votre", ["Version"] = "0" })).Dispose();
        market.Time.Advance(TimeSpan.FromSeconds(61));

        using var without = await translator.PostAsync($"/portal/work/{job}", $"/portal/work/{job}?handler=HandBack", []);
        WebUtility.HtmlDecode(await without.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Bitte sagen Sie kurz, warum.");
        using var with = await translator.PostAsync($"/portal/work/{job}", $"/portal/work/{job}?handler=HandBack", new() { ["reason"] = "no_time" });

        with.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var claim = await market.App.ReadAsync(db => db.Claims.SingleAsync(c => c.JobId == Market.Id(job)));
        (claim.Outcome, claim.Reason).ShouldBe(("handed_back", "no_time"));
        using var next = await market.TranslatorAsync(5);
        (await next.ClaimAsync(job)).ShouldNotContain("Bonjour, votre");
        (await next.PostAsync($"/portal/work/{job}", $"/portal/work/{job}?handler=HandBack", [])).Dispose();
        (await translator.ClaimAsync(job)).ShouldContain("Bonjour, votre");
    }

    [Fact]
    public async Task A_lease_that_has_ended_is_released_once_by_however_many_workers()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(6);
        await translator.ClaimAsync(job);
        var other = market.StartReplica();
        _ = other.Services;
        market.Time.Advance(Lease.For(2));

        // Beside the workers of both replicas, sixteen at the same moment.
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => (i % 2 == 0 ? market.App : other).InScopeAsync(async services =>
        {
            while (await services.GetRequiredService<WorkOffTimer>().NextAsync(default))
            {
            }

            return true;
        })));

        await market.IsAsync(Market.Id(job), JobState.Open);
        (await market.JobAsync(job)).Version.ShouldBe(3);
        (await market.App.ReadAsync(db => db.Claims.SingleAsync(c => c.JobId == Market.Id(job)))).Outcome.ShouldBe("lease_expired");
        await Eventually.Within(Soon, () => market.Recorder.All<JobReleased>().Any(r => r.JobId == Market.Id(job)));
        (await market.OfferAsync()).ShouldNotBeNull();
        market.Recorder.All<JobReleased>().Count(r => r.JobId == Market.Id(job)).ShouldBe(1);
    }

    [Fact]
    public async Task The_database_itself_refuses_a_second_holder()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(7);
        await translator.ClaimAsync(job);
        var now = market.Time.GetUtcNow();

        await Should.ThrowAsync<DbUpdateException>(market.App.ReadAsync(db =>
        {
            db.Add(new Claim { Id = Guid.CreateVersion7(now), JobId = Market.Id(job), TranslatorId = Market.TranslatorId(8), ClaimedAt = now, LeaseUntil = now });
            return db.SaveChangesAsync();
        }));
    }

    [Theory]
    [InlineData(1, 20)]
    [InlineData(2, 20)]
    [InlineData(3, 22)]
    [InlineData(10, 36)]
    [InlineData(500, 120)]
    public void A_lease_grows_with_the_lines(int lines, int minutes) => Lease.For(lines).ShouldBe(TimeSpan.FromMinutes(minutes));
}

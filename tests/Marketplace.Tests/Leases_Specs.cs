using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

public sealed class A_lease(Market market) : IClassFixture<Market>
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Goes_on_while_its_holder_writes_and_she_is_told_before_it_ends()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(1);
        await translator.ClaimAsync(job);
        var claimed = (await market.JobAsync(job)).LeaseUntil!.Value;

        (await SaveAsync(translator, job, "Bon", 0)).ShouldContain("leaseUntil");
        (await market.JobAsync(job)).LeaseUntil.ShouldBe(claimed);
        market.Time.Advance(TimeSpan.FromMinutes(14.5));
        (await SaveAsync(translator, job, "Bonjour", 1)).ShouldContain("\"isHeld\":true");
        var extended = (await market.JobAsync(job)).LeaseUntil!.Value;
        (extended - claimed).ShouldBeInRange(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        (await market.App.ReadAsync(db => db.Claims.SingleAsync(c => c.JobId == Market.Id(job)))).LeaseUntil.ShouldBe(extended);

        // The timers of the first end find nothing to do.
        market.Time.Advance(TimeSpan.FromMinutes(6));
        var told = await market.ToldAsync<LeaseEnding>(l => l.JobId == Market.Id(job));
        (told.TranslatorId, told.LeaseUntil).ShouldBe((Market.TranslatorId(1), extended));
        (await market.JobAsync(job)).State.ShouldBe(JobState.InProgress);
        market.Recorder.All<LeaseEnding>().Count(l => l.JobId == Market.Id(job)).ShouldBe(1);

        market.Time.Advance(TimeSpan.FromMinutes(5));
        await market.IsAsync(Market.Id(job), JobState.Open);
        (await translator.ClaimAsync(job)).ShouldContain("Bonjour");
    }

    [Theory]
    [InlineData(10, 20, 240, null)] // more than enough is left
    [InlineData(15, 20, 240, 25)]
    [InlineData(34, 36, 240, 40)] // twice the usual time is the most
    [InlineData(38, 40, 240, null)]
    [InlineData(21, 20, 240, null)] // what has ended has ended
    [InlineData(4, 8, 8, 14)] // who writes is not cut off by the promise
    [InlineData(34, 36, 8, 38)] // for half an hour at most
    [InlineData(34, 38, 8, null)]
    public void Is_extended_when_little_is_left_up_to_twice_its_usual_length_and_little_past_the_promise(int now, int until, int promise, int? extended) =>
        Lease.Extended(Noon, Noon.AddMinutes(until), 2, Noon.AddMinutes(promise), Noon.AddMinutes(now))
            .ShouldBe(extended is { } minutes ? Noon.AddMinutes(minutes) : null);

    [Theory]
    [InlineData(2, 240, 20)]
    [InlineData(2, 20, 20)]
    [InlineData(2, 15, 15)] // not past the promise
    [InlineData(90, 60, 60)]
    [InlineData(2, 6, 10)] // but long enough for two lines
    [InlineData(90, -3, 10)]
    public void Ends_with_the_promise_at_the_latest_but_is_never_too_short_to_write(int lines, int left, int minutes)
    {
        Lease.For(lines, TimeSpan.FromMinutes(left)).ShouldBe(TimeSpan.FromMinutes(minutes));
        Lease.Until(Noon, lines, Noon.AddMinutes(left), null).ShouldBe(Noon.AddMinutes(minutes));
        // An appointment is kept, whenever it was promised.
        Lease.Until(Noon, lines, Noon.AddMinutes(left), Noon.AddHours(5)).ShouldBe(Noon.AddMinutes(330));
    }

    private static async Task<string> SaveAsync(Visitor translator, string job, string text, int version)
    {
        using var answer = await translator.PostAsync(
            $"/portal/work/{job}", $"/portal/work/{job}?handler=Save", new() { ["Text"] = text, ["Version"] = $"{version}" }, asScript: true);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}

public sealed class A_crowd(CrowdedMarket market) : IClassFixture<CrowdedMarket>
{
    [Fact]
    public async Task Of_two_hundred_who_take_one_job_at_once_on_two_replicas_one_wins_and_the_others_get_a_friendly_answer_quickly()
    {
        var other = market.StartReplica();
        var visitors = await Task.WhenAll(Enumerable.Range(Market.Translators, CrowdedMarket.Crowd).Select(i => market.TranslatorAsync(i, i % 2 == 0 ? market.App : other)));
        var tokens = await Task.WhenAll(visitors.Select(v => v.TokenAsync("/portal")));
        // The first time everything is compiled; it does not count.
        await RaceAsync(await market.OfferAsync(), visitors, tokens);

        var job = await market.OfferAsync();
        var (answers, times) = await RaceAsync(job, visitors, tokens);

        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Redirect);
        answers.Count(a => a.Headers.Location!.ToString() == $"/portal/work/{job}").ShouldBe(1);
        answers.Count(a => a.Headers.Location!.ToString() == "/portal").ShouldBe(CrowdedMarket.Crowd - 1);
        (await market.App.ReadAsync(db => db.Claims.CountAsync(c => c.JobId == Market.Id(job)))).ShouldBe(1);
        await Eventually.Within(TimeSpan.FromSeconds(30), () => market.Recorder.All<JobClaimed>().Any(c => c.JobId == Market.Id(job)));
        market.Recorder.All<JobClaimed>().Count(c => c.JobId == Market.Id(job)).ShouldBe(1);
        var p99 = times.Order().ElementAt(CrowdedMarket.Crowd * 99 / 100);
        TestContext.Current.TestOutputHelper?.WriteLine($"200 claims at once: p50 {times.Order().ElementAt(CrowdedMarket.Crowd / 2).TotalMilliseconds:0} ms, p99 {p99.TotalMilliseconds:0} ms");
        p99.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    private static async Task<(IReadOnlyList<HttpResponseMessage> Answers, IReadOnlyList<TimeSpan> Times)> RaceAsync(string job, Visitor[] visitors, string[] tokens)
    {
        var times = new TimeSpan[visitors.Length];
        var answers = await Task.WhenAll(visitors.Select(async (visitor, i) =>
        {
            var clock = Stopwatch.StartNew();
            var answer = await visitor.PostWithAsync(tokens[i], $"/portal/jobs/{job}?handler=Claim", []);
            times[i] = clock.Elapsed;
            return answer;
        }));
        return (answers, times);
    }
}

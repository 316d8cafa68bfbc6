using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Timers;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

public sealed class Escalating(Market market) : IClassFixture<Market>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_job_that_nobody_takes_is_offered_wider_then_at_a_higher_fee_then_released_before_its_promise()
    {
        var job = await market.OfferAsync("Niemand mag das.");
        using var pausing = await market.TranslatorAsync(1);
        (await pausing.PostAsync("/portal", "/portal/preferences?handler=Availability", new() { ["available"] = "false" })).Dispose();
        (await pausing.GetAsync("/portal")).ShouldNotContain(job);

        market.Time.Advance(TimeSpan.FromMinutes(121));
        var widened = await market.ToldAsync<JobEscalated>(e => e.JobId == Market.Id(job) && e.Step == "widened");
        (widened.Version, widened.RaiseCents).ShouldBe((2, 0));
        var paused = WebUtility.HtmlDecode(await pausing.GetAsync("/portal"));
        paused.ShouldContain("Hier wird bald jemand gebraucht");
        paused.ShouldContain(job);

        market.Time.Advance(TimeSpan.FromMinutes(60));
        var raised = await market.ToldAsync<JobEscalated>(e => e.JobId == Market.Id(job) && e.Step == "fee_raised");
        (raised.Version, raised.RaiseCents).ShouldBe((3, 42));
        (await market.JobAsync(job)).FeeCents.ShouldBe(210);
        using var translator = await market.TranslatorAsync(2);
        var card = WebUtility.HtmlDecode(await translator.GetAsync("/portal"));
        card.ShouldContain("2,10\u00A0€");
        card.ShouldContain("erhöht um 0,42\u00A0€");

        market.Time.Advance(TimeSpan.FromMinutes(48));
        var expired = await market.ToldAsync<JobExpired>(e => e.JobId == Market.Id(job));
        expired.ExpiredAt.ShouldBeLessThan((await market.JobAsync(job)).DeliverBy);
        (await market.JobAsync(job)).State.ShouldBe(JobState.Expired);
        (await market.App.ReadAsync(db => db.JobTexts.AnyAsync(t => t.JobId == Market.Id(job)))).ShouldBeFalse();
        (await translator.GetAsync("/portal")).ShouldNotContain(job);
        using var late = await translator.PostWithAsync(await translator.TokenAsync("/portal"), $"/portal/jobs/{job}?handler=Claim", []);
        late.Headers.Location!.ToString().ShouldBe("/portal");
        market.Recorder.All<JobEscalated>().Count(e => e.JobId == Market.Id(job)).ShouldBe(2);
        (await pausing.PostAsync("/portal", "/portal/preferences?handler=Availability", new() { ["available"] = "true" })).Dispose();
    }

    [Fact]
    public async Task While_a_question_waits_the_clock_stands_still_and_goes_on_where_it_was()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(3);
        market.Time.Advance(TimeSpan.FromMinutes(60));
        (await translator.PostAsync($"/portal/jobs/{job}", $"/portal/jobs/{job}?handler=Ask", new() { ["Question"] = "Wer?" })).Dispose();
        var question = await market.ToldAsync<QuestionAsked>(q => q.JobId == Market.Id(job));
        market.Time.Advance(TimeSpan.FromMinutes(180));
        await NothingIsDueAsync();
        (await market.JobAsync(job)).ShouldSatisfyAllConditions(j => j.State.ShouldBe(JobState.Open), j => j.WidenedAt.ShouldBeNull());

        await market.Recorder.PublishAsync(market.Wrote(job, "Ich.", question.QuestionId, TimeSpan.FromMinutes(180), (await market.JobAsync(job)).DeliverBy));
        await Eventually.Within(Soon, () => market.App.ReadAsync(db => db.Timers.AnyAsync(t => t.JobId == Market.Id(job) && t.Kind == TimerKind.Escalation)));
        market.Time.Advance(TimeSpan.FromMinutes(55));
        await NothingIsDueAsync();
        (await market.JobAsync(job)).WidenedAt.ShouldBeNull();
        market.Time.Advance(TimeSpan.FromMinutes(6));
        await market.ToldAsync<JobEscalated>(e => e.JobId == Market.Id(job) && e.Step == "widened");
    }

    [Fact]
    public async Task A_job_in_hand_is_left_alone_and_one_that_comes_back_goes_on_with_what_is_due()
    {
        var job = await market.OfferAsync(within: TimeSpan.FromMinutes(30));
        using var translator = await market.TranslatorAsync(4);
        await translator.ClaimAsync(job);
        market.Time.Advance(TimeSpan.FromMinutes(19));
        await NothingIsDueAsync();
        (await market.JobAsync(job)).WidenedAt.ShouldBeNull();

        (await translator.PostAsync($"/portal/work/{job}", $"/portal/work/{job}?handler=HandBack", new() { ["reason"] = "no_time" })).Dispose();

        await market.ToldAsync<JobEscalated>(e => e.JobId == Market.Id(job) && e.Step == "widened");
        market.Recorder.All<JobExpired>().ShouldNotContain(e => e.JobId == Market.Id(job));
        market.Time.Advance(TimeSpan.FromMinutes(6));
        await market.ToldAsync<JobExpired>(e => e.JobId == Market.Id(job));
    }

    [Fact]
    public async Task Each_step_is_done_once_by_however_many_workers()
    {
        var job = await market.OfferAsync();
        var other = market.StartReplica();
        _ = other.Services;
        market.Time.Advance(TimeSpan.FromMinutes(121));

        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => (i % 2 == 0 ? market.App : other).InScopeAsync(async services =>
        {
            while (await services.GetRequiredService<WorkOffTimer>().NextAsync(default))
            {
            }

            return true;
        })));

        await market.ToldAsync<JobEscalated>(e => e.JobId == Market.Id(job));
        var marker = await market.OfferAsync();
        await market.ToldAsync<JobOffered>(o => o.JobId == Market.Id(marker));
        market.Recorder.All<JobEscalated>().Count(e => e.JobId == Market.Id(job)).ShouldBe(1);
    }

    [Fact]
    public async Task A_timer_that_fails_is_put_off_and_holds_up_nobody_behind_it()
    {
        var now = market.Time.GetUtcNow();
        var bad = new DueTimer { Id = Guid.CreateVersion7(now), Kind = "unknown", SubjectId = Guid.CreateVersion7(now), JobId = Guid.CreateVersion7(now), DueAt = now.AddDays(-1) };
        await market.App.ReadAsync(db =>
        {
            db.Add(bad);
            return db.SaveChangesAsync();
        });
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(5);
        await translator.ClaimAsync(job);
        market.Time.Advance(Lease.For(2));

        await market.IsAsync(Market.Id(job), JobState.Open);
        (await market.App.ReadAsync(db => db.Timers.SingleAsync(t => t.Id == bad.Id))).DueAt.ShouldBeGreaterThan(now);
        await market.App.ReadAsync(db => db.Timers.Where(t => t.Id == bad.Id).ExecuteDeleteAsync());
    }

    [Theory]
    [InlineData(240, 0, "Widen", 120)]
    [InlineData(240, 1, "Raise", 180)]
    [InlineData(240, 2, "Expire", 228)]
    [InlineData(60, 2, "Expire", 55)]
    [InlineData(8, 0, "Widen", 3)]
    [InlineData(8, 1, "Raise", 3)]
    [InlineData(4, 0, "Expire", 0)]
    [InlineData(-30, 0, "Expire", 0)]
    public void Steps_come_at_their_share_of_the_time_but_never_after_the_last_moment_nor_before_the_offer(int minutes, int done, string step, int at)
    {
        var rules = new EscalationRules();
        var job = Offered(minutes);
        if (done > 0)
        {
            job.Widen(Noon);
        }

        if (done > 1)
        {
            job.RaiseFee(rules.Raise(job.FeeCents), Noon);
        }

        rules.Next(job, Noon).ShouldBe((Enum.Parse<EscalationStep>(step), Noon.AddMinutes(at)));
    }

    [Fact]
    public void What_is_past_its_last_moment_is_released_at_once() =>
        new EscalationRules().Next(Offered(240), Noon.AddMinutes(229)).Step.ShouldBe(EscalationStep.Expire);

    [Theory]
    [InlineData(168, 42)]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(170, 43)]
    public void A_raise_is_rounded_half_up(long fee, long raise) => new EscalationRules().Raise(fee).ShouldBe(raise);

    [Fact]
    public void Times_that_make_no_sense_are_refused_at_the_start() =>
        Should.Throw<InvalidOperationException>(() => new EscalationRules { WidenAt = 0.9, RaiseAt = 0.5 }.Checked());

    private static Job Offered(int minutes)
    {
        var job = Job.Place(
            Guid.CreateVersion7(Noon), Market.MerchantId, new JobFacts("translation", "live", "de", "fr", "standard", Noon.AddMinutes(minutes)),
            new PriceFacts("2026-1", 1, 93, 2, 2, 120, 1m, 240, "EUR", "S", 19m, 46, 168), Noon, Noon);
        job.Fund(168, Noon, Noon);
        return job;
    }

    private Task NothingIsDueAsync()
    {
        var now = market.Time.GetUtcNow();
        return Eventually.Within(Soon, () => market.App.ReadAsync(async db => !await db.Timers.AnyAsync(t => t.DueAt <= now)), "No timer is due");
    }
}

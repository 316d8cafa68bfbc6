using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

public sealed class Taking_in_jobs(Market market) : IClassFixture<Market>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_is_offered_once_its_content_and_its_money_are_there_in_either_order(bool placedFirst)
    {
        var placed = market.Placed();
        if (placedFirst)
        {
            await market.Recorder.PublishAsync(placed);
            await market.IsAsync(placed.JobId, JobState.Placed);
            await market.Recorder.PublishAsync(market.Funded(placed));
        }
        else
        {
            await market.Recorder.PublishAsync(market.Funded(placed));
            await Eventually.Within(Soon, () => market.App.ReadAsync(db => db.EarlyFundings.AnyAsync(f => f.JobId == placed.JobId)));
            await market.Recorder.PublishAsync(placed);
        }

        await market.IsAsync(placed.JobId, JobState.Open);
        await Eventually.Within(Soon, () => market.Recorder.All<JobOffered>().Count(o => o.JobId == placed.JobId) == 1);
        (await market.App.ReadAsync(db => db.EarlyFundings.CountAsync(f => f.JobId == placed.JobId))).ShouldBe(0);
    }

    [Fact]
    public async Task Content_and_money_that_come_at_the_same_moment_miss_nobody()
    {
        var jobs = Enumerable.Range(0, 40).Select(_ => market.Placed()).ToList();
        await Task.WhenAll(jobs.SelectMany(j => new[] { market.Recorder.PublishAsync(market.Funded(j)), market.Recorder.PublishAsync(j) }));
        foreach (var job in jobs)
        {
            await market.IsAsync(job.JobId, JobState.Open);
        }
    }

    [Fact]
    public async Task Messages_that_come_twice_change_nothing()
    {
        var placed = market.Placed();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await market.Recorder.PublishAsync(placed);
            await market.Recorder.PublishAsync(market.Funded(placed));
        }

        await market.IsAsync(placed.JobId, JobState.Open);
        var last = market.Placed();
        await market.Recorder.PublishAsync(last);
        await market.Recorder.PublishAsync(market.Funded(last));
        await Eventually.Within(Soon, () => market.Recorder.All<JobOffered>().Any(o => o.JobId == last.JobId));
        market.Recorder.All<JobOffered>().Count(o => o.JobId == placed.JobId).ShouldBe(1);
        (await market.JobAsync(placed.JobId))!.Version.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_money_cannot_mend_loses_its_text_and_nobody_is_asked(bool placedFirst)
    {
        var placed = market.Placed();
        var declined = new JobFundingDeclined(placed.JobId, placed.MerchantId, "price.mismatch", market.Time.GetUtcNow());
        await market.Recorder.PublishAsync(placedFirst ? placed : declined);
        await Eventually.Within(Soon, () => market.App.ReadAsync(async db =>
            await db.Jobs.AnyAsync(j => j.Id == placed.JobId) || await db.EarlyFundings.AnyAsync(f => f.JobId == placed.JobId)));
        await market.Recorder.PublishAsync(placedFirst ? declined : placed);

        await market.IsAsync(placed.JobId, JobState.PaymentRequired);
        (await market.App.ReadAsync(db => db.JobTexts.AnyAsync(t => t.JobId == placed.JobId))).ShouldBeFalse();
        market.Recorder.All<JobOffered>().ShouldNotContain(o => o.JobId == placed.JobId);
        using var translator = await market.TranslatorAsync();
        (await translator.StatusOfAsync($"/portal/jobs/{PublicId.Format("job", placed.JobId)}")).ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    /// <summary>Placed, declined, funded: in every order.</summary>
    [Theory]
    [InlineData("pdf")]
    [InlineData("pfd")]
    [InlineData("dpf")]
    [InlineData("dfp")]
    [InlineData("fpd")]
    [InlineData("fdp")]
    public async Task Money_that_comes_later_opens_the_job_with_its_text_and_the_promise_moves_by_the_time_without_it(string order)
    {
        var placed = market.Placed();
        var declinedAt = market.Time.GetUtcNow();
        var declined = new JobFundingDeclined(placed.JobId, placed.MerchantId, "balance.insufficient", declinedAt);
        var funded = market.Funded(placed) with { FundedAt = declinedAt.AddHours(3) };
        foreach (var message in order + order)
        {
            await market.Recorder.PublishAsync(message switch { 'p' => placed, 'd' => declined, _ => (object)funded });
            await Eventually.Within(Soon, () => market.App.ReadAsync(async db => message switch
            {
                'p' => await db.Jobs.AnyAsync(j => j.Id == placed.JobId),
                'd' => await db.Jobs.AnyAsync(j => j.Id == placed.JobId && j.DeclinedAt != null)
                    || await db.EarlyFundings.AnyAsync(f => f.JobId == placed.JobId && f.DeclinedAt != null),
                _ => await db.Jobs.AnyAsync(j => j.Id == placed.JobId && j.FundedAt != null)
                    || await db.EarlyFundings.AnyAsync(f => f.JobId == placed.JobId && f.FeeCents != null),
            }));
        }

        await market.IsAsync(placed.JobId, JobState.Open);
        var job = (await market.JobAsync(placed.JobId))!;
        job.DeliverBy.ShouldBe(placed.Facts.DeliverBy.AddHours(3), TimeSpan.FromMilliseconds(1));
        (await market.App.ReadAsync(db => db.JobTexts.AnyAsync(t => t.JobId == placed.JobId))).ShouldBeTrue();
        await market.ToldAsync<JobOffered>(o => o.JobId == placed.JobId);
        market.Recorder.All<JobOffered>().Count(o => o.JobId == placed.JobId).ShouldBe(1);
        using var translator = await market.TranslatorAsync();
        (await translator.StatusOfAsync($"/portal/jobs/{PublicId.Format("job", placed.JobId)}")).ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_promise_that_her_own_word_brought_sooner_is_not_moved_twice()
    {
        var placed = market.Placed();
        var declinedAt = market.Time.GetUtcNow();
        await market.Recorder.PublishAsync(placed);
        await market.Recorder.PublishAsync(new JobFundingDeclined(placed.JobId, placed.MerchantId, "balance.insufficient", declinedAt));
        await market.IsAsync(placed.JobId, JobState.PaymentRequired);
        var later = placed.Facts.DeliverBy.AddHours(3);
        await market.Recorder.PublishAsync(market.Wrote(PublicId.Format("job", placed.JobId), "Geld ist da.", null, deliverBy: later));
        await Eventually.Within(Soon, async () => (await market.JobAsync(placed.JobId))!.DeliverBy > placed.Facts.DeliverBy.AddHours(2));

        await market.Recorder.PublishAsync(market.Funded(placed) with { FundedAt = declinedAt.AddHours(3) });
        await market.IsAsync(placed.JobId, JobState.Open);
        (await market.JobAsync(placed.JobId))!.DeliverBy.ShouldBe(later, TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_without_money_waits_with_its_text_for_seven_days_and_then_both_are_over(bool placedFirst)
    {
        var placed = market.Placed();
        var declined = new JobFundingDeclined(placed.JobId, placed.MerchantId, "balance.insufficient", market.Time.GetUtcNow());
        await market.Recorder.PublishAsync(placedFirst ? placed : declined);
        await Eventually.Within(Soon, () => market.App.ReadAsync(async db =>
            await db.Jobs.AnyAsync(j => j.Id == placed.JobId) || await db.EarlyFundings.AnyAsync(f => f.JobId == placed.JobId)));
        await market.Recorder.PublishAsync(placedFirst ? declined : placed);
        await market.IsAsync(placed.JobId, JobState.PaymentRequired);

        market.Time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(5));
        (await market.App.ReadAsync(db => db.Timers.CountAsync(t => t.JobId == placed.JobId))).ShouldBe(1);
        (await market.App.ReadAsync(db => db.JobTexts.AnyAsync(t => t.JobId == placed.JobId))).ShouldBeTrue();
        using (var translator = await market.TranslatorAsync())
        {
            (await translator.StatusOfAsync($"/portal/jobs/{PublicId.Format("job", placed.JobId)}")).ShouldBe(System.Net.HttpStatusCode.NotFound);
        }

        market.Time.Advance(TimeSpan.FromMinutes(6));
        var expired = await market.ToldAsync<JobExpired>(e => e.JobId == placed.JobId);
        (expired.Unpaid, expired.MerchantId).ShouldBe((true, placed.MerchantId));
        (await market.App.ReadAsync(db => db.JobTexts.AnyAsync(t => t.JobId == placed.JobId))).ShouldBeFalse();

        // Money that comes too late finds nothing to open; Billing gives it back when it hears of the end.
        await market.Recorder.PublishAsync(market.Funded(placed));
        var last = await market.OfferAsync();
        (await market.JobAsync(placed.JobId))!.State.ShouldBe(JobState.Expired);
        market.Recorder.All<JobOffered>().ShouldNotContain(o => o.JobId == placed.JobId);
        last.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Test_jobs_are_not_offered_to_people()
    {
        var placed = market.Placed("Nur ein Versuch.", mode: "test");
        await market.Recorder.PublishAsync(placed);
        await market.Recorder.PublishAsync(market.Funded(placed));
        await Eventually.Within(Soon, async () => (await market.JobAsync(placed.JobId))?.FundedAt is not null);

        (await market.JobAsync(placed.JobId))!.State.ShouldBe(JobState.Placed);
        using var translator = await market.TranslatorAsync();
        (await translator.GetAsync("/portal")).ShouldNotContain("Nur ein Versuch.");
    }

    [Fact]
    public async Task Seeding_twice_tells_of_each_translator_once()
    {
        await Eventually.Within(Soon, () => market.Recorder.All<TranslatorRegistered>().Count >= Market.Translators);
        market.Recorder.All<TranslatorRegistered>().GroupBy(t => t.TranslatorId).ShouldAllBe(g => g.Count() == 1);
        (await market.App.ReadAsync(db => db.Users.CountAsync())).ShouldBe(Market.Translators + 1);
    }

    [Fact]
    public async Task The_migrations_make_what_the_model_says() =>
        (await market.App.ReadAsync(db => Task.FromResult(db.Database.HasPendingModelChanges()))).ShouldBeFalse();
}

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
    public async Task Without_money_the_text_is_dropped_and_nobody_is_asked(bool placedFirst)
    {
        var placed = market.Placed();
        var declined = new JobFundingDeclined(placed.JobId, placed.MerchantId, "balance.insufficient", market.Time.GetUtcNow());
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

using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Timers;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

/// <summary>What was promised does not come in time although somebody has it in hand: the merchant is told, once, and what she may do then.</summary>
public sealed class Delaying(Market market) : IClassFixture<Market>
{
    private const string Better = "Bonjour Madame, votre colis est arrivé.";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_claim_ends_with_the_promise_and_shortly_before_it_the_merchant_is_told_once_by_however_many_workers()
    {
        var job = await market.OfferAsync(within: TimeSpan.FromMinutes(15));
        var other = market.StartReplica();
        _ = other.Services;
        using var translator = await market.TranslatorAsync(1);
        WebUtility.HtmlDecode(await translator.GetAsync($"/portal/jobs/{job}")).ShouldMatch("Nach dem Annehmen haben Sie 1[45] ");
        await translator.ClaimAsync(job);
        var held = await market.JobAsync(job);
        held.LeaseUntil.ShouldBe(held.DeliverBy);
        (await market.ToldAsync<JobClaimed>(c => c.JobId == Market.Id(job))).LeaseUntil.ShouldBe(held.DeliverBy, TimeSpan.FromMilliseconds(1));
        market.Time.Advance(TimeSpan.FromMinutes(9));
        await NothingIsDueAsync();
        market.Recorder.All<JobDelayed>().ShouldNotContain(d => d.JobId == Market.Id(job));

        market.Time.Advance(TimeSpan.FromMinutes(1));
        await WorkOffAsync(market.App, other);

        var told = await market.ToldAsync<JobDelayed>(d => d.JobId == Market.Id(job));
        (told.TranslatorId, told.DeliveryId, told.Version).ShouldBe((Market.TranslatorId(1), null, (await market.JobAsync(job)).Version));
        told.DelayedAt.ShouldBeLessThan(held.DeliverBy);
        (await market.JobAsync(job)).State.ShouldBe(JobState.InProgress);

        // Who writes may go on past the promise, for a while.
        using var saved = await translator.PostAsync(
            $"/portal/work/{job}", $"/portal/work/{job}?handler=Save", new() { ["Text"] = "Bonjour", ["Version"] = "0" }, asScript: true);
        (await market.JobAsync(job)).LeaseUntil!.Value.ShouldBeGreaterThan(held.DeliverBy);
        using var done = await translator.DeliverAsync(job, Better);
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await NothingMoreIsToldAsync(job, 1);
    }

    [Fact]
    public async Task A_question_moves_the_promise_and_with_it_the_moment_at_which_the_merchant_is_told()
    {
        var job = await market.OfferAsync(within: TimeSpan.FromMinutes(25));
        using var translator = await market.TranslatorAsync(2);
        await translator.ClaimAsync(job);
        var question = await AskAsync(translator, job);
        market.Time.Advance(TimeSpan.FromMinutes(30));
        await NothingIsDueAsync();
        market.Recorder.All<JobDelayed>().ShouldNotContain(d => d.JobId == Market.Id(job), "the merchant has not answered");

        await market.Recorder.PublishAsync(market.Wrote(job, "So.", question, TimeSpan.FromMinutes(30), (await market.JobAsync(job)).DeliverBy));
        await market.IsAsync(Market.Id(job), JobState.InProgress);
        market.Time.Advance(TimeSpan.FromMinutes(14));
        // She writes, so that the claim does not end before.
        using var saved = await translator.PostAsync(
            $"/portal/work/{job}", $"/portal/work/{job}?handler=Save", new() { ["Text"] = "Bonjour", ["Version"] = "1" }, asScript: true);
        await NothingIsDueAsync();
        market.Recorder.All<JobDelayed>().ShouldNotContain(d => d.JobId == Market.Id(job));
        market.Time.Advance(TimeSpan.FromMinutes(6));

        await market.ToldAsync<JobDelayed>(d => d.JobId == Market.Id(job));
    }

    [Fact]
    public async Task An_overdue_revision_is_told_once_and_can_be_rejected_then()
    {
        using var translator = await market.TranslatorAsync(3);
        var (job, delivery) = await RevisedAsync(translator, 3);
        market.Time.Advance(TimeSpan.FromHours(23));
        await NothingIsDueAsync();
        market.Recorder.All<JobDelayed>().ShouldNotContain(d => d.JobId == Market.Id(job));
        market.Time.Advance(TimeSpan.FromHours(1));
        var told = await market.ToldAsync<JobDelayed>(d => d.JobId == Market.Id(job));
        (told.DeliveryId, told.TranslatorId, told.Version).ShouldBe((delivery, Market.TranslatorId(3), (await market.JobAsync(job)).Version));
        market.Time.Advance(TimeSpan.FromHours(30));
        await NothingMoreIsToldAsync(job, 1);

        await RejectAsync(job, delivery, 3);

        await market.IsAsync(Market.Id(job), JobState.Disputed);
        (await market.JobAsync(job)).LeaseUntil.ShouldBeNull();
        (await market.App.ReadAsync(db => db.Disputes.CountAsync(d => d.DeliveryId == delivery))).ShouldBe(1);
        using var late = await translator.PostWithAsync(await translator.TokenAsync("/portal"), $"/portal/work/{job}?handler=Deliver", new() { ["Text"] = Better });
        late.Headers.Location!.ToString().ShouldBe("/portal/work");
        (await market.App.ReadAsync(db => db.Deliveries.CountAsync(d => d.JobId == Market.Id(job)))).ShouldBe(1);
    }

    [Fact]
    public async Task A_revision_that_comes_after_all_wins_over_a_rejection_that_comes_later_and_the_next_one_has_its_own_time()
    {
        using var translator = await market.TranslatorAsync(4);
        var (job, delivery) = await RevisedAsync(translator, 4);
        market.Time.Advance(TimeSpan.FromHours(24));
        await market.ToldAsync<JobDelayed>(d => d.JobId == Market.Id(job));
        using var done = await translator.DeliverAsync(job, Better);
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);

        await RejectAsync(job, delivery, 4);
        await market.OfferAsync();
        (await market.JobAsync(job)).State.ShouldBe(JobState.InReview);

        var newest = await market.NewestAsync(job);
        await ReviseAsync(job, newest, 4);
        market.Time.Advance(TimeSpan.FromHours(24));
        await market.ToldAsync<JobDelayed>(d => d.JobId == Market.Id(job) && d.DeliveryId == newest);
        await NothingMoreIsToldAsync(job, 2);
    }

    [Fact]
    public async Task A_question_stops_the_clock_of_a_revision_and_the_answer_lets_it_go_on()
    {
        using var translator = await market.TranslatorAsync(5);
        var (job, delivery) = await RevisedAsync(translator, 5);
        market.Time.Advance(TimeSpan.FromHours(20));
        var question = await AskAsync(translator, job);
        market.Time.Advance(TimeSpan.FromHours(48));
        await NothingIsDueAsync();
        market.Recorder.All<JobDelayed>().ShouldNotContain(d => d.JobId == Market.Id(job), "the merchant has not answered");

        await market.Recorder.PublishAsync(market.Wrote(job, "So.", question));
        await market.IsAsync(Market.Id(job), JobState.InRevision);
        market.Time.Advance(TimeSpan.FromHours(3));
        await NothingIsDueAsync();
        market.Recorder.All<JobDelayed>().ShouldNotContain(d => d.JobId == Market.Id(job));
        market.Time.Advance(TimeSpan.FromHours(1.1));
        await market.ToldAsync<JobDelayed>(d => d.JobId == Market.Id(job) && d.DeliveryId == delivery);

        // A question that crosses the rejection does not hold it up.
        await AskAsync(translator, job, first: false);
        await RejectAsync(job, delivery, 5);
        await market.IsAsync(Market.Id(job), JobState.Disputed);
        (await market.JobAsync(job)).LeaseLeft.ShouldBeNull();
        (await market.App.ReadAsync(db => db.Messages.AnyAsync(m => m.JobId == Market.Id(job) && m.TranslatorId != null && m.SettledAt == null))).ShouldBeFalse();
    }

    private async Task<(string Job, Guid Delivery)> RevisedAsync(Visitor translator, int number)
    {
        var (job, delivery) = await market.DeliveredAsync(translator);
        await ReviseAsync(job, delivery, number);
        return (job, delivery);
    }

    private async Task ReviseAsync(string job, Guid delivery, int number)
    {
        await market.Recorder.PublishAsync(new RevisionRequested(
            Market.Id(job), Market.MerchantId, delivery, Market.TranslatorId(number), market.Objection(delivery), market.Time.GetUtcNow()));
        await market.IsAsync(Market.Id(job), JobState.InRevision);
    }

    private Task RejectAsync(string job, Guid delivery, int number) => market.Recorder.PublishAsync(new DeliveryRejected(
        Market.Id(job), Market.MerchantId, delivery, Market.TranslatorId(number), market.Objection(delivery), market.Time.GetUtcNow()));

    private async Task<Guid> AskAsync(Visitor translator, string job, bool first = true)
    {
        var words = first ? "Wie denn?" : "Und wie noch?";
        var before = market.Recorder.All<QuestionAsked>().Count(q => q.JobId == Market.Id(job));
        (await translator.PostAsync($"/portal/work/{job}", $"/portal/work/{job}?handler=Ask", new() { ["Question"] = words, ["Text"] = "Bonjour" })).Dispose();
        await Eventually.Within(Soon, () => Task.FromResult(market.Recorder.All<QuestionAsked>().Count(q => q.JobId == Market.Id(job)) == before + 1));
        return market.Recorder.All<QuestionAsked>().Last(q => q.JobId == Market.Id(job)).QuestionId;
    }

    private async Task NothingIsDueAsync()
    {
        var now = market.Time.GetUtcNow();
        await Eventually.Within(Soon, () => market.App.ReadAsync(async db => !await db.Timers.AnyAsync(t => t.DueAt <= now)));
    }

    private static async Task WorkOffAsync(params MarketplaceApp[] replicas) => await Task.WhenAll(Enumerable.Range(0, 12).Select(i => replicas[i % replicas.Length].InScopeAsync(async services =>
    {
        while (await services.GetRequiredService<WorkOffTimer>().NextAsync(default))
        {
        }

        return true;
    })));

    private async Task NothingMoreIsToldAsync(string job, int times)
    {
        await NothingIsDueAsync();
        var marker = await market.OfferAsync();
        await market.ToldAsync<JobOffered>(o => o.JobId == Market.Id(marker));
        market.Recorder.All<JobDelayed>().Count(d => d.JobId == Market.Id(job)).ShouldBe(times);
    }
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Claims;
using Zweizeiler.Marketplace.Features.Workbench;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

public sealed class Cancelling(Market market) : IClassFixture<Market>
{
    private const string French = "Bonjour, votre colis est arrivé.";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Before_a_claim_it_names_nobody_erases_the_text_and_nothing_more_can_be_done_with_the_job()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(1);
        var token = await translator.TokenAsync($"/portal/jobs/{job}");

        await market.Recorder.PublishAsync(Wish(job));
        var told = await market.ToldAsync<JobCancelled>(c => c.JobId == Market.Id(job));

        (told.TranslatorId, told.Version).ShouldBe((null, 2));
        (await market.JobAsync(job)).State.ShouldBe(JobState.Cancelled);
        (await market.App.ReadAsync(db => db.JobTexts.AnyAsync(t => t.JobId == Market.Id(job)))).ShouldBeFalse();
        (await translator.StatusOfAsync($"/portal/jobs/{job}")).ShouldBe(HttpStatusCode.NotFound);
        using var claim = await translator.PostWithAsync(token, $"/portal/jobs/{job}?handler=Claim", []);
        claim.Headers.Location!.ToString().ShouldBe("/portal");
        WebUtility.HtmlDecode(await translator.GetAsync("/portal")).ShouldContain("Er wurde zurückgezogen.");
        await market.Recorder.PublishAsync(new JobFunded(Market.Id(job), Market.MerchantId, 286, 168, market.Time.GetUtcNow()));
        await market.Recorder.PublishAsync(Wish(job));
        await market.OfferAsync();
        (await market.JobAsync(job)).State.ShouldBe(JobState.Cancelled);
        market.Recorder.All<JobCancelled>().Count(c => c.JobId == Market.Id(job)).ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_claim_it_names_the_holder_whose_draft_goes_and_who_is_told(bool onHold)
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(2);
        await translator.ClaimAsync(job);
        (await translator.PostAsync($"/portal/work/{job}", $"/portal/work/{job}?handler=Save", new() { ["Text"] = "Bonjour" })).Dispose();
        if (onHold)
        {
            (await translator.PostAsync($"/portal/work/{job}", $"/portal/work/{job}?handler=Ask", new() { ["Question"] = "Wer?", ["Text"] = "Bonjour", ["Version"] = "1" })).Dispose();
            (await market.JobAsync(job)).State.ShouldBe(JobState.OnHold);
        }

        await market.Recorder.PublishAsync(Wish(job));
        var told = await market.ToldAsync<JobCancelled>(c => c.JobId == Market.Id(job));

        told.TranslatorId.ShouldBe(Market.TranslatorId(2));
        var claim = await market.App.ReadAsync(db => db.Claims.SingleAsync(c => c.JobId == Market.Id(job)));
        (claim.Outcome, claim.EndedAt is not null).ShouldBe(("cancelled", true));
        (await market.App.ReadAsync(async db => await db.Drafts.AnyAsync(d => d.JobId == Market.Id(job)) || await db.Messages.AnyAsync(m => m.JobId == Market.Id(job)))).ShouldBeFalse();
        var token = await translator.TokenAsync("/portal");
        using var saved = await translator.PostWithAsync(token, $"/portal/work/{job}?handler=Save", new() { ["Text"] = "Bonjour" }, asScript: true);
        saved.StatusCode.ShouldBe(HttpStatusCode.Gone);
        using var page = await translator.Http.GetAsync($"/portal/work/{job}", TestContext.Current.CancellationToken);
        page.Headers.Location!.ToString().ShouldBe("/portal/work");
        var work = WebUtility.HtmlDecode(await translator.GetAsync("/portal/work"));
        work.ShouldContain("Der Händler hat diesen Auftrag zurückgezogen.");
        work.ShouldContain($"data-ended=\"{job}\" data-state=\"cancelled\"");

        // Her share comes as any earning does.
        await market.Recorder.PublishAsync(new EarningCredited(Market.Id(job), Market.TranslatorId(2), 84, "EUR", market.Time.GetUtcNow()));
        await Eventually.Passes(Soon, async () =>
        {
            var earnings = WebUtility.HtmlDecode(await translator.GetAsync("/portal/earnings"));
            earnings.ShouldContain($"data-earned=\"{job}\"");
            earnings.ShouldContain("Anteil für");
        });
    }

    [Fact]
    public async Task After_the_delivery_it_is_refused_and_the_delivery_stays()
    {
        using var translator = await market.TranslatorAsync(3);
        var (job, _) = await market.DeliveredAsync(translator);

        await market.Recorder.PublishAsync(Wish(job));
        var told = await market.ToldAsync<CancellationRefused>(c => c.JobId == Market.Id(job));

        (await market.JobAsync(job)).ShouldSatisfyAllConditions(j => j.State.ShouldBe(JobState.InReview), j => j.Version.ShouldBe(told.Version));
        market.Recorder.All<JobDelivered>().Single(d => d.JobId == Market.Id(job)).Version.ShouldBeLessThan(told.Version);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_wish_that_overtakes_its_job_is_kept_until_the_job_is_here(bool funded)
    {
        var placed = market.Placed();
        await market.Recorder.PublishAsync(Wish(PublicId.Format("job", placed.JobId)));
        await Eventually.Within(Soon, () => market.App.ReadAsync(db => db.EarlyCancellations.AnyAsync(c => c.JobId == placed.JobId)));
        if (funded)
        {
            await market.Recorder.PublishAsync(market.Funded(placed));
            await Eventually.Within(Soon, () => market.App.ReadAsync(db => db.EarlyFundings.AnyAsync(c => c.JobId == placed.JobId)));
        }

        await market.Recorder.PublishAsync(placed);
        var told = await market.ToldAsync<JobCancelled>(c => c.JobId == placed.JobId);

        told.TranslatorId.ShouldBeNull();
        (await market.JobAsync(placed.JobId))!.State.ShouldBe(JobState.Cancelled);
        (await market.App.ReadAsync(async db =>
            await db.EarlyCancellations.AnyAsync(c => c.JobId == placed.JobId)
            || await db.EarlyFundings.AnyAsync(c => c.JobId == placed.JobId)
            || await db.JobTexts.AnyAsync(t => t.JobId == placed.JobId))).ShouldBeFalse();
        market.Recorder.All<JobOffered>().ShouldNotContain(o => o.JobId == placed.JobId);
    }

    [Fact]
    public async Task Of_a_wish_and_a_claim_at_once_one_is_first_and_both_sides_are_told_the_same_fifty_times()
    {
        var (before, after) = (0, 0);
        for (var i = 0; i < 50; i++)
        {
            var job = await market.OfferAsync();
            var me = Market.TranslatorId(10 + (i % 30));
            var claiming = market.App.InScopeAsync(services => services.GetRequiredService<ClaimJob>().RunAsync(me, Market.Id(job), default));
            await Task.WhenAll(claiming, market.Recorder.PublishAsync(Wish(job)));
            var told = await market.ToldAsync<JobCancelled>(c => c.JobId == Market.Id(job));

            (await claiming).ShouldBe(told.TranslatorId == me ? ClaimResult.Won : ClaimResult.Withdrawn);
            (told.TranslatorId is null || told.TranslatorId == me).ShouldBeTrue();
            (before, after) = told.TranslatorId is null ? (before + 1, after) : (before, after + 1);
            (await market.JobAsync(job)).State.ShouldBe(JobState.Cancelled);
            (await market.App.ReadAsync(db => db.Claims.CountAsync(c => c.JobId == Market.Id(job) && c.EndedAt == null))).ShouldBe(0);
        }

        TestContext.Current.SendDiagnosticMessage($"{before} wishes came before the claim, {after} after it.");
    }

    [Fact]
    public async Task Of_a_wish_and_a_delivery_at_once_exactly_one_wins_fifty_times()
    {
        for (var i = 0; i < 50; i++)
        {
            var job = await market.OfferAsync();
            var me = Market.TranslatorId(10 + (i % 30));
            (await market.App.InScopeAsync(services => services.GetRequiredService<ClaimJob>().RunAsync(me, Market.Id(job), default))).ShouldBe(ClaimResult.Won);
            var delivering = market.App.InScopeAsync(services => services.GetRequiredService<DeliverJob>()
                .RunAsync(me, Market.Id(job), new DraftContent(French, null), new Dictionary<string, string>(), default));
            await Task.WhenAll(delivering, market.Recorder.PublishAsync(Wish(job)));
            await Eventually.Within(Soon, () => market.Recorder.All<JobCancelled>().Any(c => c.JobId == Market.Id(job))
                || market.Recorder.All<CancellationRefused>().Any(c => c.JobId == Market.Id(job)));

            var cancelled = market.Recorder.All<JobCancelled>().Any(c => c.JobId == Market.Id(job));
            cancelled.ShouldBe(await delivering is not DeliverResult.Delivered);
            cancelled.ShouldBe(!market.Recorder.All<CancellationRefused>().Any(c => c.JobId == Market.Id(job)));
            (await market.JobAsync(job)).State.ShouldBe(cancelled ? JobState.Cancelled : JobState.InReview);
            (await market.App.ReadAsync(db => db.Deliveries.AnyAsync(d => d.JobId == Market.Id(job)))).ShouldBe(!cancelled);
        }
    }

    private CancellationRequested Wish(string job) => new(Market.Id(job), Market.MerchantId, market.Time.GetUtcNow());
}

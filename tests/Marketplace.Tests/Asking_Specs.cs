using System.Net;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.ServiceDefaults.Texts;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

public sealed class Asking(Market market) : IClassFixture<Market>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Before_a_claim_the_job_stays_open_and_question_and_answer_stand_on_its_page_for_all()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(1);

        using var answer = await AskAsync(translator, $"/portal/jobs/{job}", " Welche Größe ist gemeint? ");

        answer.Headers.Location!.ToString().ShouldBe($"/portal/jobs/{job}");
        var told = await market.ToldAsync<QuestionAsked>(q => q.JobId == Market.Id(job));
        (told.BeforeClaim, told.TranslatorId, told.DisplayName, told.Version).ShouldBe((true, Market.TranslatorId(1), "Translator 1", 2));
        market.Vault.Open<string>(market.DataKey, told.QuestionId, TextPurpose.Message, told.Content).ShouldBe("Welche Größe ist gemeint?");
        (await market.JobAsync(job)).State.ShouldBe(JobState.Open);
        var own = WebUtility.HtmlDecode(await translator.GetAsync($"/portal/jobs/{job}"));
        own.ShouldContain("wartet auf Antwort");
        own.ShouldNotContain("data-action=\"ask\"");

        await market.Recorder.PublishAsync(market.Wrote(job, "Die große, bitte.", told.QuestionId));
        using var other = await market.TranslatorAsync(2);
        await Eventually.Passes(Soon, async () => WebUtility.HtmlDecode(await other.GetAsync($"/portal/jobs/{job}")).ShouldContain("Die große, bitte."));
        var page = WebUtility.HtmlDecode(await other.GetAsync($"/portal/jobs/{job}"));
        page.ShouldContain("Jemand aus der Runde");
        page.ShouldNotContain("wartet auf Antwort");
        (await other.ClaimAsync(job)).ShouldContain("Die große, bitte.");
    }

    [Fact]
    public async Task While_working_the_lease_stands_still_and_goes_on_with_what_was_left_of_it()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(3);
        await translator.ClaimAsync(job);
        market.Time.Advance(TimeSpan.FromMinutes(5));
        var claimed = await market.JobAsync(job);
        using var asked = await AskAsync(translator, $"/portal/work/{job}", "Herr oder Frau?", ("Text", "Bonjour"));
        asked.Headers.Location!.ToString().ShouldBe($"/portal/work/{job}");
        var question = await market.ToldAsync<QuestionAsked>(q => q.JobId == Market.Id(job));
        question.BeforeClaim.ShouldBeFalse();
        var held = await market.JobAsync(job);
        (held.State, held.LeaseUntil, held.ClaimId).ShouldBe((JobState.OnHold, null, claimed.ClaimId));
        held.LeaseLeft!.Value.ShouldBe(TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(30));
        var page = WebUtility.HtmlDecode(await translator.GetAsync($"/portal/work/{job}"));
        page.ShouldContain("data-stopped");
        page.ShouldContain("Bonjour");

        // Long after the lease's own end: its timer has come and found nothing to do.
        market.Time.Advance(TimeSpan.FromMinutes(40));
        await Eventually.Within(Soon, () => market.App.ReadAsync(async db => !await db.Timers.AnyAsync(t => t.JobId == Market.Id(job) && t.Kind == TimerKind.Lease)));
        (await market.JobAsync(job)).State.ShouldBe(JobState.OnHold);
        market.Recorder.All<JobReleased>().ShouldNotContain(r => r.JobId == Market.Id(job));

        await market.Recorder.PublishAsync(market.Wrote(job, "Frau, bitte.", question.QuestionId, TimeSpan.FromMinutes(40), held.DeliverBy));
        await market.IsAsync(Market.Id(job), JobState.InProgress);
        var resumed = await market.JobAsync(job);
        resumed.LeaseUntil!.Value.ShouldBe(market.Time.GetUtcNow() + held.LeaseLeft.Value, TimeSpan.FromSeconds(20));
        resumed.DeliverBy.ShouldBe(held.DeliverBy + TimeSpan.FromMinutes(40));
        resumed.ClaimId.ShouldBe(claimed.ClaimId);
        WebUtility.HtmlDecode(await translator.GetAsync($"/portal/work/{job}")).ShouldContain("Frau, bitte.");
        using var saved = await translator.PostAsync($"/portal/work/{job}", $"/portal/work/{job}?handler=Save", new() { ["Text"] = "Bonjour", ["Version"] = "1" }, asScript: true);
        (await saved.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"answers\":1");

        market.Time.Advance(TimeSpan.FromMinutes(16));
        await market.IsAsync(Market.Id(job), JobState.Open);
        await market.ToldAsync<JobReleased>(r => r.JobId == Market.Id(job) && r.Reason == "lease_expired");
    }

    [Fact]
    public async Task The_timer_of_a_lease_that_went_on_after_an_answer_ends_it_at_its_new_time_only()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(11);
        await translator.ClaimAsync(job);
        (await AskAsync(translator, $"/portal/work/{job}", "Herr oder Frau?")).Dispose();
        var question = await market.ToldAsync<QuestionAsked>(q => q.JobId == Market.Id(job));
        market.Time.Advance(TimeSpan.FromMinutes(10));
        await market.Recorder.PublishAsync(market.Wrote(job, "Frau.", question.QuestionId, TimeSpan.FromMinutes(10), (await market.JobAsync(job)).DeliverBy));
        await market.IsAsync(Market.Id(job), JobState.InProgress);

        // Past the first timer's time, before the second one's.
        market.Time.Advance(TimeSpan.FromMinutes(12));
        await Eventually.Within(Soon, () => market.App.ReadAsync(async db => await db.Timers.CountAsync(t => t.JobId == Market.Id(job) && t.Kind == TimerKind.Lease) == 1));

        (await market.JobAsync(job)).State.ShouldBe(JobState.InProgress);
        market.Time.Advance(TimeSpan.FromMinutes(9));
        await market.IsAsync(Market.Id(job), JobState.Open);
    }

    [Fact]
    public async Task Delivering_while_on_hold_is_permitted_and_a_late_answer_changes_nothing()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(4);
        await translator.ClaimAsync(job);
        (await AskAsync(translator, $"/portal/work/{job}", "Herr oder Frau?")).Dispose();
        var question = await market.ToldAsync<QuestionAsked>(q => q.JobId == Market.Id(job));

        using var delivered = await translator.DeliverAsync(job, "Bonjour, votre colis est arrivé.");
        delivered.Headers.Location!.ToString().ShouldBe("/portal/work");
        var told = await market.ToldAsync<JobDelivered>(d => d.JobId == Market.Id(job));
        told.Version.ShouldBe((await market.JobAsync(job)).Version);
        (await market.App.ReadAsync(db => db.Claims.SingleAsync(c => c.JobId == Market.Id(job)))).Outcome.ShouldBe("delivered");

        await market.Recorder.PublishAsync(market.Wrote(job, "Frau.", question.QuestionId));
        await Eventually.Within(Soon, () => market.App.ReadAsync(db => db.Messages.AnyAsync(m => m.JobId == Market.Id(job) && m.TranslatorId == null)));
        (await market.JobAsync(job)).State.ShouldBe(JobState.InReview);
    }

    [Fact]
    public async Task A_job_on_hold_can_be_handed_back()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(5);
        await translator.ClaimAsync(job);
        (await AskAsync(translator, $"/portal/work/{job}", "Was heißt das?")).Dispose();

        using var answer = await translator.PostAsync($"/portal/work/{job}", $"/portal/work/{job}?handler=HandBack", new() { ["reason"] = "unclear" });

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await market.JobAsync(job)).ShouldSatisfyAllConditions(j => j.State.ShouldBe(JobState.Open), j => j.LeaseLeft.ShouldBeNull());
    }

    [Theory]
    [InlineData("  ", "Bitte schreiben Sie Ihre Frage in das Feld.")]
    [InlineData("long", "Bitte fassen Sie sich kürzer")]
    public async Task A_question_without_words_or_with_too_many_is_not_asked_and_stays_in_its_field(string question, string words)
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(6);
        question = question == "long" ? new string('x', 2_001) : question;

        using var open = await AskAsync(translator, $"/portal/jobs/{job}", question);
        open.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = WebUtility.HtmlDecode(await open.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        page.ShouldContain(words);
        page.ShouldContain(question.Trim());
        await translator.ClaimAsync(job);
        using var held = await AskAsync(translator, $"/portal/work/{job}", question, ("Text", "Bonjour encore"));
        page = WebUtility.HtmlDecode(await held.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        page.ShouldContain(words);
        page.ShouldContain("Bonjour encore");
        (await market.JobAsync(job)).State.ShouldBe(JobState.InProgress);
        market.Recorder.All<QuestionAsked>().ShouldNotContain(q => q.JobId == Market.Id(job));
        (await translator.PostAsync($"/portal/work/{job}", $"/portal/work/{job}?handler=HandBack", [])).Dispose();
    }

    [Fact]
    public async Task Nobody_has_two_open_questions_about_a_job_also_when_pressed_many_times()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(7);
        var token = await translator.TokenAsync($"/portal/jobs/{job}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            translator.PostWithAsync(token, $"/portal/jobs/{job}?handler=Ask", new() { ["Question"] = "Wann?" })));

        answers.Count(a => a.StatusCode == HttpStatusCode.Redirect).ShouldBe(1);
        answers.Where(a => a.StatusCode != HttpStatusCode.Redirect).ShouldAllBe(a => a.StatusCode == HttpStatusCode.OK);
        (await market.App.ReadAsync(db => db.Messages.CountAsync(m => m.JobId == Market.Id(job)))).ShouldBe(1);
        // Who takes the job goes on without the answer, and may ask anew.
        await translator.ClaimAsync(job);
        using var again = await AskAsync(translator, $"/portal/work/{job}", "Und wer?");
        again.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Strangers_can_neither_ask_nor_read()
    {
        var job = await market.OfferAsync();
        using var outsider = await market.TranslatorAsync(Market.Outsider);
        using var holder = await market.TranslatorAsync(8);
        using var other = await market.TranslatorAsync(9);

        using var refused = await outsider.PostWithAsync(await outsider.TokenAsync("/portal"), $"/portal/jobs/{job}?handler=Ask", new() { ["Question"] = "Wer?" });
        refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await holder.ClaimAsync(job);
        foreach (var place in new[] { "jobs", "work" })
        {
            using var late = await other.PostWithAsync(await other.TokenAsync("/portal"), $"/portal/{place}/{job}?handler=Ask", new() { ["Question"] = "Wer?" });
            late.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        (await market.App.ReadAsync(db => db.Messages.AnyAsync(m => m.JobId == Market.Id(job)))).ShouldBeFalse();
        (await market.JobAsync(job)).State.ShouldBe(JobState.InProgress);
    }

    [Fact]
    public async Task Words_of_the_merchant_that_come_twice_or_before_the_job_are_kept_once()
    {
        var placed = market.Placed();
        var job = ServiceDefaults.PublicId.Format("job", placed.JobId);
        var wrote = market.Wrote(job, "Es eilt ein wenig.", null, deliverBy: placed.Facts.DeliverBy);
        await market.Recorder.PublishAsync(wrote);
        await market.Recorder.PublishAsync(wrote);
        await Eventually.Within(Soon, () => market.App.ReadAsync(db => db.Messages.AnyAsync(m => m.JobId == placed.JobId)));
        await market.Recorder.PublishAsync(placed);
        await market.Recorder.PublishAsync(market.Funded(placed));
        await market.IsAsync(placed.JobId, JobState.Open);
        using var translator = await market.TranslatorAsync(10);

        WebUtility.HtmlDecode(await translator.GetAsync($"/portal/jobs/{job}")).Split("Es eilt ein wenig.").Length.ShouldBe(2);
    }

    private static async Task<HttpResponseMessage> AskAsync(Visitor translator, string page, string question, params (string Key, string Value)[] more)
    {
        var fields = more.ToDictionary(m => m.Key, m => m.Value);
        fields["Question"] = question;
        return await translator.PostAsync(page, $"{page}?handler=Ask", fields);
    }
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Reviews;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

public sealed class Reviewing(Market market) : IClassFixture<Market>
{
    private const string French = "Bonjour, votre colis est là.";
    private const string Better = "Bonjour Madame, votre colis est arrivé.";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_revision_comes_back_to_its_writer_with_the_places_marked_and_her_text_in_the_editor()
    {
        using var translator = await market.TranslatorAsync(1);
        var (job, delivery) = await market.DeliveredAsync(translator, French);
        var wish = new RevisionRequested(
            Market.Id(job), Market.MerchantId, delivery, Market.TranslatorId(1), market.Objection(delivery, "Bitte höflicher.", new Passage(0, 7, "Wer?")), market.Time.GetUtcNow());

        await market.Recorder.PublishAsync(wish);
        await market.IsAsync(Market.Id(job), JobState.InRevision);

        var held = await market.JobAsync(job);
        (held.HolderId, held.ClaimId).ShouldBe((Market.TranslatorId(1), null));
        held.LeaseUntil!.Value.ShouldBe(market.Time.GetUtcNow().AddHours(24), TimeSpan.FromMinutes(1));
        var page = WebUtility.HtmlDecode(await translator.GetAsync($"/portal/work/{job}"));
        page.ShouldContain("Der Händler bittet um eine Änderung");
        page.ShouldContain("Bitte höflicher.");
        page.ShouldContain("<mark>Bonjour</mark><sup class=\"place\">1</sup>");
        page.ShouldContain("Wer?");
        page.ShouldContain($">{French}</textarea>");
        page.ShouldNotContain("data-action=\"hand-back\"");
        using var other = await market.TranslatorAsync(2);
        (await other.StatusOfAsync($"/portal/work/{job}")).ShouldBe(HttpStatusCode.NotFound);

        using var done = await translator.DeliverAsync(job, Better);
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var told = await market.ToldAsync<JobDelivered>(d => d.JobId == Market.Id(job) && d.DeliveryVersion == 2);
        (told.IsCorrection, told.Version).ShouldBe((false, (await market.JobAsync(job)).Version));
        (await market.JobAsync(job)).State.ShouldBe(JobState.InReview);

        // The same wish again, with another message id, is about an older delivery.
        await market.Recorder.PublishAsync(wish with { RequestedAt = market.Time.GetUtcNow() });
        await market.OfferAsync();
        (await market.JobAsync(job)).State.ShouldBe(JobState.InReview);
    }

    [Fact]
    public async Task A_revision_that_is_over_its_time_stays_hers_and_the_desk_lists_it()
    {
        using var translator = await market.TranslatorAsync(3);
        var (job, delivery) = await market.DeliveredAsync(translator);
        await ReviseAsync(job, delivery, 3);
        using var person = market.App.Visitor();
        await person.SignInAsync(Market.OperatorEmail);
        (await person.GetAsync("/portal/desk")).ShouldNotContain($"data-overdue=\"{job}\"");

        market.Time.Advance(TimeSpan.FromHours(25));

        (await person.GetAsync("/portal/desk")).ShouldContain($"data-overdue=\"{job}\"");
        (await market.JobAsync(job)).State.ShouldBe(JobState.InRevision);
        using var done = await translator.DeliverAsync(job, Better);
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await market.JobAsync(job)).State.ShouldBe(JobState.InReview);
    }

    [Fact]
    public async Task A_question_about_a_revision_stops_its_clock_and_the_answer_leads_back_to_it()
    {
        using var translator = await market.TranslatorAsync(4);
        var (job, delivery) = await market.DeliveredAsync(translator);
        await ReviseAsync(job, delivery, 4);
        (await translator.PostAsync($"/portal/work/{job}", $"/portal/work/{job}?handler=Ask", new() { ["Question"] = "Wie denn?", ["Text"] = "Bonjour" })).Dispose();
        var question = await market.ToldAsync<QuestionAsked>(q => q.JobId == Market.Id(job));
        (await market.JobAsync(job)).State.ShouldBe(JobState.OnHold);

        // What was delivered once is not cancelled any more.
        await market.Recorder.PublishAsync(new CancellationRequested(Market.Id(job), Market.MerchantId, market.Time.GetUtcNow()));
        await market.ToldAsync<CancellationRefused>(c => c.JobId == Market.Id(job));
        WebUtility.HtmlDecode(await translator.GetAsync($"/portal/work/{job}")).ShouldContain("Der Händler bittet um eine Änderung");
        await market.Recorder.PublishAsync(market.Wrote(job, "So.", question.QuestionId));

        await market.IsAsync(Market.Id(job), JobState.InRevision);
        (await market.JobAsync(job)).ClaimId.ShouldBeNull();
    }

    [Fact]
    public async Task A_complaint_is_answered_by_a_corrected_delivery_once_and_in_time()
    {
        using var translator = await market.TranslatorAsync(5);
        var (job, delivery) = await market.DeliveredAsync(translator, French);
        // The complaint overtakes the acceptance that it is about.
        var complaint = await ComplainAsync(job, delivery, 5);
        await market.IsAsync(Market.Id(job), JobState.Accepted);
        await market.Recorder.PublishAsync(new DeliveryAccepted(
            Market.Id(job), Market.MerchantId, delivery, Market.TranslatorId(5), 4, null, PreferTranslator: false, Automatic: false, market.Time.GetUtcNow()));
        await Eventually.Within(Soon, () => market.App.ReadAsync(db => db.Deliveries.AnyAsync(d => d.Id == delivery && d.Rating == 4)));

        var work = WebUtility.HtmlDecode(await translator.GetAsync("/portal/work"));
        work.ShouldContain($"data-complaint=\"{PublicId.Format("cmp", complaint)}\" data-complained=\"{job}\" data-state=\"open\"");
        var page = WebUtility.HtmlDecode(await translator.GetAsync($"/portal/work/{job}"));
        page.ShouldContain("Der Händler hat reklamiert");
        page.ShouldContain($">{French}</textarea>");
        using var done = await translator.DeliverAsync(job, Better);
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var told = await market.ToldAsync<JobDelivered>(d => d.JobId == Market.Id(job) && d.IsCorrection);
        (told.DeliveryVersion, told.Version).ShouldBe((2, (await market.JobAsync(job)).Version));
        (await market.JobAsync(job)).State.ShouldBe(JobState.Accepted);
        WebUtility.HtmlDecode(await translator.GetAsync("/portal/work")).ShouldContain($"data-complained=\"{job}\" data-state=\"corrected\"");

        using var again = await translator.PostWithAsync(await translator.TokenAsync("/portal"), $"/portal/work/{job}?handler=Deliver", new() { ["Text"] = Better });
        again.Headers.Location!.ToString().ShouldBe("/portal/work");
        (await market.App.ReadAsync(db => db.Deliveries.CountAsync(d => d.JobId == Market.Id(job)))).ShouldBe(2);
        await market.Recorder.PublishAsync(new ComplaintCredited(Market.Id(job), Market.MerchantId, complaint, Market.TranslatorId(5), ByRuling: true, market.Time.GetUtcNow()));
        await Eventually.Passes(Soon, async () =>
            WebUtility.HtmlDecode(await translator.GetAsync("/portal/work")).ShouldContain($"data-complained=\"{job}\" data-state=\"credited\""));
    }

    [Fact]
    public async Task After_its_time_a_complaint_cannot_be_corrected_any_more()
    {
        using var translator = await market.TranslatorAsync(6);
        var (job, delivery) = await market.DeliveredAsync(translator);
        await ComplainAsync(job, delivery, 6);
        await market.IsAsync(Market.Id(job), JobState.Accepted);
        market.Time.Advance(TimeSpan.FromHours(25));

        using var late = await translator.PostWithAsync(await translator.TokenAsync("/portal"), $"/portal/work/{job}?handler=Deliver", new() { ["Text"] = Better });

        late.Headers.Location!.ToString().ShouldBe("/portal/work");
        (await market.App.ReadAsync(db => db.Deliveries.CountAsync(d => d.JobId == Market.Id(job)))).ShouldBe(1);
        WebUtility.HtmlDecode(await translator.GetAsync("/portal/work")).ShouldContain($"data-complained=\"{job}\" data-state=\"overdue\"");
    }

    [Fact]
    public async Task A_credit_that_overtakes_its_complaint_is_final()
    {
        using var translator = await market.TranslatorAsync(7);
        var (job, delivery) = await market.DeliveredAsync(translator);
        var complaint = Guid.CreateVersion7(market.Time.GetUtcNow());
        await market.Recorder.PublishAsync(new ComplaintCredited(Market.Id(job), Market.MerchantId, complaint, Market.TranslatorId(7), ByRuling: false, market.Time.GetUtcNow()));
        await Eventually.Within(Soon, () => market.App.ReadAsync(db => db.Complaints.AnyAsync(c => c.Id == complaint)));
        await ComplainAsync(job, delivery, 7, complaint);

        await market.IsAsync(Market.Id(job), JobState.Accepted);
        (await market.App.ReadAsync(db => db.Complaints.SingleAsync(c => c.Id == complaint))).CreditedAt.ShouldNotBeNull();
        using var late = await translator.PostWithAsync(await translator.TokenAsync("/portal"), $"/portal/work/{job}?handler=Deliver", new() { ["Text"] = Better });
        (await market.App.ReadAsync(db => db.Deliveries.CountAsync(d => d.JobId == Market.Id(job)))).ShouldBe(1);
    }

    [Theory]
    [InlineData("abcdef", "0-2", "[ab]1|cdef")]
    [InlineData("abcdef", "1-3 2-5", "a|[b]|[c]1|[de]2|f")]
    [InlineData("abcdef", "4-99 -5-1", "[a]2|bcd|[ef]1")]
    [InlineData("abcdef", "3-3 5-2", "abcdef")]
    [InlineData("a😀b", "2-3", "a|[😀]1|b")]
    [InlineData("a😀b", "0-2", "[a😀]1|b")]
    [InlineData("", "0-2", "")]
    public void Marked_places_lose_nothing_of_the_text(string text, string places, string expected)
    {
        var passages = places.Split(' ').Select(p => p.LastIndexOf('-') is var at
            ? new Passage(int.Parse(p[..at], System.Globalization.CultureInfo.InvariantCulture), int.Parse(p[(at + 1)..], System.Globalization.CultureInfo.InvariantCulture), null)
            : null!).ToList();

        var stretches = Passages.Split(text, Passages.Places(text, passages));

        string.Concat(stretches.Select(s => s.Text)).ShouldBe(text);
        string.Join('|', stretches.Select(s => (s.Numbers.Count > 0 ? $"[{s.Text}]" : s.Text) + string.Concat(s.Ends))).ShouldBe(expected);
    }

    private async Task ReviseAsync(string job, Guid delivery, int translator)
    {
        await market.Recorder.PublishAsync(new RevisionRequested(
            Market.Id(job), Market.MerchantId, delivery, Market.TranslatorId(translator), market.Objection(delivery), market.Time.GetUtcNow()));
        await market.IsAsync(Market.Id(job), JobState.InRevision);
    }

    private async Task<Guid> ComplainAsync(string job, Guid delivery, int translator, Guid? id = null)
    {
        var now = market.Time.GetUtcNow();
        var complaint = id ?? Guid.CreateVersion7(now);
        await market.Recorder.PublishAsync(new ComplaintReceived(
            Market.Id(job), Market.MerchantId, complaint, delivery, Market.TranslatorId(translator), market.Objection(delivery), now.AddHours(24), now));
        await Eventually.Within(Soon, () => market.App.ReadAsync(db => db.Complaints.AnyAsync(c => c.Id == complaint)));
        return complaint;
    }
}

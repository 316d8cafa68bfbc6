using System.Net;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

/// <summary>What becomes of a job after its delivery, as its writer sees it.</summary>
public sealed class What_becomes_of_it(Market market) : IClassFixture<Market>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_merchant_who_is_content_after_all_ends_the_complaint_also_for_its_writer()
    {
        using var translator = await market.TranslatorAsync(1);
        var (job, delivery) = await market.DeliveredAsync(translator);
        var (complaint, now) = (Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), market.Time.GetUtcNow());
        await market.Recorder.PublishAsync(new ComplaintReceived(
            Market.Id(job), Market.MerchantId, complaint, delivery, Market.TranslatorId(1), market.Objection(delivery), now.AddHours(24), now));
        await ShowsAsync(translator, "/portal/work", $"data-complained=\"{job}\" data-state=\"open\"");

        await market.Recorder.PublishAsync(new ComplaintSatisfied(Market.Id(job), Market.MerchantId, complaint, Market.TranslatorId(1), now));

        await ShowsAsync(translator, "/portal/work", $"data-complained=\"{job}\" data-state=\"satisfied\"");
        // There is nothing to correct any more.
        using var late = await translator.PostWithAsync(await translator.TokenAsync("/portal"), $"/portal/work/{job}?handler=Deliver", new() { ["Text"] = "Bonjour !" });
        (await market.App.ReadAsync(db => db.Deliveries.CountAsync(d => d.JobId == Market.Id(job)))).ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_fee_that_a_ruling_took_back_is_shown_and_not_counted_whichever_is_told_first(bool creditFirst)
    {
        var who = creditFirst ? 2 : 3;
        using var translator = await market.TranslatorAsync(who);
        var (job, _) = await market.DeliveredAsync(translator);
        var now = market.Time.GetUtcNow();
        var earned = new EarningCredited(Market.Id(job), Market.TranslatorId(who), 168, "EUR", now);
        var taken = new ComplaintCredited(Market.Id(job), Market.MerchantId, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), Market.TranslatorId(who), ByRuling: true, now.AddMinutes(1));
        await market.Recorder.PublishAsync(creditFirst ? taken : earned);
        await Eventually.Within(Soon, () => market.App.ReadAsync(async db =>
            await db.Complaints.AnyAsync(c => c.JobId == Market.Id(job)) || await db.Earnings.AnyAsync(e => e.JobId == Market.Id(job))));
        await market.Recorder.PublishAsync(creditFirst ? earned : taken);

        await ShowsAsync(translator, "/portal/earnings", $"data-earned=\"{job}\" data-taken-back=\"true\"");

        WebUtility.HtmlDecode(await translator.GetAsync("/portal/earnings")).ShouldNotContain("1,68\u00A0€ in dieser Woche");
    }

    [Fact]
    public async Task A_fee_that_was_raised_late_is_shown_with_its_new_sum_and_an_old_message_changes_nothing()
    {
        using var translator = await market.TranslatorAsync(4);
        var (job, _) = await market.DeliveredAsync(translator);
        var now = market.Time.GetUtcNow();
        var first = new EarningCredited(Market.Id(job), Market.TranslatorId(4), 168, "EUR", now);
        await market.Recorder.PublishAsync(first);
        await ShowsAsync(translator, "/portal/earnings", "1,68\u00A0€");

        await market.Recorder.PublishAsync(first with { FeeCents = 210, CreditedAt = now.AddSeconds(5) });
        await ShowsAsync(translator, "/portal/earnings", "2,10\u00A0€");
        await market.Recorder.PublishAsync(first);
        // Told after it, and so seen after it: the old sum did not come back.
        var (next, _) = await market.DeliveredAsync(translator);
        await market.Recorder.PublishAsync(new EarningCredited(Market.Id(next), Market.TranslatorId(4), 99, "EUR", now));
        await ShowsAsync(translator, "/portal/earnings", $"data-earned=\"{next}\" data-taken-back=\"false\"");

        WebUtility.HtmlDecode(await translator.GetAsync("/portal/earnings")).ShouldContain("2,10\u00A0€");
    }

    [Fact]
    public async Task Whoever_rules_reads_all_that_was_delivered()
    {
        using var writer = await market.TranslatorAsync(5);
        using var ruler = await market.TranslatorAsync(6);
        var reply = await market.OfferFormulationAsync(["Danke"]);
        await writer.ClaimAsync(reply);
        (await writer.SendAsync(reply, "Deliver", new() { ["Text"] = "Merci beaucoup, Madame Martin-Brunet.", ["BackGloss"] = "Vielen Dank.", ["because:must_say_missing:Erstattung ist möglich"] = "so" })).Dispose();
        var summary = await market.OfferSummaryAsync("Bonjour, où est mon colis ?");
        await writer.ClaimAsync(summary);
        (await writer.SendAsync(summary, "Deliver", new() { ["Gist"] = "Sie sucht ihr Paket.", ["Mood"] = "besorgt", ["NextStep"] = "Heute antworten." })).Dispose();

        foreach (var (job, parts) in new[] { (reply, new[] { "Vielen Dank." }), (summary, ["besorgt", "Heute antworten."]) })
        {
            var delivery = await market.NewestAsync(job);
            await market.Recorder.PublishAsync(new DeliveryRejected(
                Market.Id(job), Market.MerchantId, delivery, Market.TranslatorId(5), market.Objection(delivery, "Nein.", new Passage(0, 4, null)), market.Time.GetUtcNow()));
            await market.IsAsync(Market.Id(job), JobState.Disputed);
            var page = $"/portal/disputes/{PublicId.Format("dlv", delivery)}";
            (await ruler.PostAsync(page, $"{page}?handler=Take", [])).Dispose();
            var read = WebUtility.HtmlDecode(await ruler.GetAsync(page));
            parts.ShouldAllBe(part => read.Contains(part, StringComparison.Ordinal));
        }
    }

    private static Task ShowsAsync(Visitor translator, string page, string words) =>
        Eventually.Passes(Soon, async () => WebUtility.HtmlDecode(await translator.GetAsync(page)).ShouldContain(words));
}

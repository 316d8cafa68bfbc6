using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Texts;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

public sealed class Delivering(Market market) : IClassFixture<Market>
{
    private const string French = "Bonjour, votre colis est arrivé.";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_delivery_is_told_sealed_counted_and_ends_the_claim()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(1);
        await translator.ClaimAsync(job);

        using var answer = await translator.DeliverAsync(job, French);

        answer.Headers.Location!.ToString().ShouldBe("/portal/work");
        await Eventually.Within(Soon, () => market.Recorder.All<JobDelivered>().Any(d => d.JobId == Market.Id(job)));
        var told = market.Recorder.All<JobDelivered>().Single(d => d.JobId == Market.Id(job));
        market.Vault.Open<DeliveryContent>(market.DataKey, told.DeliveryId, TextPurpose.DeliveryContent, told.Content).Text.ShouldBe(French);
        (told.Characters, told.Lines, told.DeliveryVersion, told.Version).ShouldBe((LineCounter.Count(French).Characters, 1, 1, 3));
        (await market.JobAsync(job)).State.ShouldBe(JobState.InReview);
        (await market.App.ReadAsync(db => db.Drafts.AnyAsync(d => d.JobId == Market.Id(job)))).ShouldBeFalse();
        WebUtility.HtmlDecode(await translator.GetAsync("/portal/work")).ShouldContain(French);
    }

    [Fact]
    public async Task Only_the_holder_can_deliver()
    {
        var job = await market.OfferAsync();
        using var holder = await market.TranslatorAsync(2);
        await holder.ClaimAsync(job);
        using var other = await market.TranslatorAsync(3);
        var token = await other.TokenAsync("/portal");

        (await other.StatusOfAsync($"/portal/work/{job}")).ShouldBe(HttpStatusCode.NotFound);
        foreach (var action in new[] { "Deliver", "Save", "HandBack" })
        {
            using var answer = await other.PostWithAsync(token, $"/portal/work/{job}?handler={action}", new() { ["Text"] = French, ["reason"] = "other" });
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, action);
        }

        (await market.JobAsync(job)).HolderId.ShouldBe(Market.TranslatorId(2));
        (await market.App.ReadAsync(db => db.Deliveries.AnyAsync(d => d.JobId == Market.Id(job)))).ShouldBeFalse();
    }

    [Fact]
    public async Task Pressing_deliver_many_times_delivers_once()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(4);
        await translator.ClaimAsync(job);
        var token = await translator.TokenAsync($"/portal/work/{job}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            translator.PostWithAsync(token, $"/portal/work/{job}?handler=Deliver", new() { ["Text"] = French, ["Version"] = "0" })));

        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Redirect && a.Headers.Location!.ToString() == "/portal/work");
        (await market.App.ReadAsync(db => db.Deliveries.CountAsync(d => d.JobId == Market.Id(job)))).ShouldBe(1);
    }

    [Fact]
    public async Task Errors_hold_a_delivery_up_and_warnings_want_a_reason()
    {
        var job = await market.OfferAsync("Guten Tag, 49,90 € kommen bis 24.11. zurück, ⟦1⟧.");
        using var translator = await market.TranslatorAsync(5);
        await translator.ClaimAsync(job);

        foreach (var (text, words) in new[]
        {
            ("  ", "Der Text ist noch leer."),
            ("Guten Tag,  49,90 € kommen bis 24.11. zurück, ⟦1⟧.", "Der Text ist derselbe wie der Ausgangstext."),
            ("Bonjour, 49.90 € reviennent le 24/11.", "Der Platzhalter ⟦1⟧ fehlt."),
        })
        {
            using var held = await translator.DeliverAsync(job, text);
            held.StatusCode.ShouldBe(HttpStatusCode.OK);
            WebUtility.HtmlDecode(await held.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(words);
        }

        // What was typed stands on the page again, and in the draft.
        WebUtility.HtmlDecode(await translator.GetAsync($"/portal/work/{job}")).ShouldContain("Bonjour, 49.90 € reviennent le 24/11.");
        using var done = await translator.DeliverAsync(job, "Bonjour, 49.90 € reviennent le 24/11.", ("placeholder_missing:⟦1⟧", "the name is not needed"));
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await market.App.ReadAsync(db => db.DeliveryTexts
            .Where(t => db.Deliveries.Any(d => d.Id == t.DeliveryId && d.JobId == Market.Id(job)))
            .Select(t => t.Confirmations).SingleAsync())).ShouldNotBeNull();
    }

    [Fact]
    public async Task Autosave_counts_on_the_server_and_never_writes_over_another_windows_text_unseen()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(6);
        await translator.ClaimAsync(job);

        var first = await SaveAsync(translator, job, "Bonjour", 0);
        first.Status.ShouldBe(HttpStatusCode.OK);
        (first.Body.GetProperty("version").GetInt32(), first.Body.GetProperty("lines").GetString(), first.Body.GetProperty("characters").GetString())
            .ShouldBe((1, "1\u00A0Zeile", "7\u00A0Zeichen"));
        (await SaveAsync(translator, job, "Bonjour Madame", 1)).Status.ShouldBe(HttpStatusCode.OK);

        var late = await SaveAsync(translator, job, "from another window", 1);
        late.Status.ShouldBe(HttpStatusCode.Conflict);
        late.Body.GetProperty("other").GetProperty("text").GetString().ShouldBe("Bonjour Madame");
        (await translator.GetAsync($"/portal/work/{job}")).ShouldContain("Bonjour Madame");

        // The answer got lost and the same words come again: no conflict.
        (await SaveAsync(translator, job, "Bonjour Madame", 1)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_old_window_does_not_deliver_over_what_another_one_wrote()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(6);
        await translator.ClaimAsync(job);
        var page = $"/portal/work/{job}";
        (await SaveAsync(translator, job, "Bonjour", 0)).Status.ShouldBe(HttpStatusCode.OK);
        (await SaveAsync(translator, job, "Bonjour, votre colis est là.", 1)).Status.ShouldBe(HttpStatusCode.OK);

        using var old = await translator.PostAsync(page, $"{page}?handler=Deliver", new() { ["Text"] = "Bonjour, un vieux texte.", ["Version"] = "1" });
        var shown = WebUtility.HtmlDecode(await old.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        (await market.JobAsync(job)).State.ShouldBe(JobState.InProgress);
        shown.ShouldContain("Bonjour, un vieux texte.");
        shown.ShouldContain("Bonjour, votre colis est là.");
        shown.ShouldContain("id=\"version\" value=\"2\"");

        using var decided = await translator.PostAsync(page, $"{page}?handler=Deliver", new() { ["Text"] = "Bonjour, un vieux texte.", ["Version"] = "2" });
        decided.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Words_typed_after_the_lease_has_ended_are_kept_for_their_writer()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(7);
        await translator.ClaimAsync(job);
        market.Time.Advance(Lease.For(2));
        await market.IsAsync(Market.Id(job), JobState.Open);
        var token = await translator.TokenAsync("/portal");

        using var saved = await translator.PostWithAsync(token, $"/portal/work/{job}?handler=Save", new() { ["Text"] = "Bonjour tardif", ["Version"] = "0" }, asScript: true);

        saved.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await saved.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"isHeld\":false");
        var page = WebUtility.HtmlDecode(await translator.GetAsync($"/portal/work/{job}"));
        page.ShouldContain("Ihre Zeit ist um");
        page.ShouldContain("Bonjour tardif");
        page.ShouldNotContain("Ihr Paket ist da");
        (await translator.ClaimAsync(job)).ShouldContain("Bonjour tardif");
    }

    [Fact]
    public async Task Acceptance_and_earning_reach_the_translators_pages_once()
    {
        var job = await market.OfferAsync();
        using var translator = await market.TranslatorAsync(8);
        await translator.ClaimAsync(job);
        (await translator.DeliverAsync(job, French)).Dispose();
        var delivery = await market.App.ReadAsync(db => db.Deliveries.SingleAsync(d => d.JobId == Market.Id(job)));
        var now = market.Time.GetUtcNow();
        var thanks = market.Vault.Seal(market.DataKey, delivery.Id, TextPurpose.Thanks, "Vielen lieben Dank!");

        foreach (var _ in Enumerable.Range(0, 2))
        {
            await market.Recorder.PublishAsync(new EarningCredited(Market.Id(job), Market.TranslatorId(8), 168, "EUR", now));
            await market.Recorder.PublishAsync(new DeliveryAccepted(
                Market.Id(job), Market.MerchantId, delivery.Id, Market.TranslatorId(8), 5, thanks, PreferTranslator: false, Automatic: false, now));
        }

        await market.IsAsync(Market.Id(job), JobState.Accepted);
        await Eventually.Passes(Soon, async () =>
        {
            var work = WebUtility.HtmlDecode(await translator.GetAsync("/portal/work"));
            work.ShouldContain("5 von 5 Sternen");
            work.ShouldContain("Vielen lieben Dank!");
            WebUtility.HtmlDecode(await translator.GetAsync("/portal/earnings")).ShouldContain("1,68\u00A0€ in dieser Woche");
        });
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> SaveAsync(Visitor translator, string job, string text, int version)
    {
        using var answer = await translator.PostAsync(
            $"/portal/work/{job}",
            $"/portal/work/{job}?handler=Save",
            new() { ["Text"] = text, ["Version"] = version.ToString(System.Globalization.CultureInfo.InvariantCulture) },
            asScript: true);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.Clone());
    }
}

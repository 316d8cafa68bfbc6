using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.Pricing;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

/// <summary>Each kind from the card to the delivery, by somebody without script.</summary>
public sealed partial class The_four_kinds(Market market) : IClassFixture<Market>
{
    private const string NoName = "because:name_missing:Mme Odile Martin-Brunet";

    private const string Script = "<script>alert(1)</script>";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_translation_shows_the_merchants_terms_where_they_stand_and_in_a_list()
    {
        var job = await market.OfferTranslationAsync(
            "Ihre Rückgaben sind da.",
            new("Rückgabe", "retour", "im Shop"),
            new("Rückgabe", "renvoi", Forbidden: true),
            new("Gutschein", "bon d'achat"));
        using var translator = await market.TranslatorAsync(1);
        var page = await translator.ClaimAsync(job);

        page.ShouldContain("Ihre <mark class=\"term\" title=\"retour\">Rückgaben</mark> sind da.");
        page.ShouldContain("nicht verwenden");
        page.ShouldContain("im Shop");
        page.ShouldContain("Weitere Begriffe (1)");

        var held = await BodyAsync(await translator.DeliverAsync(job, "Vos renvois sont là."));
        held.ShouldContain("Ein Begriff des Händlers fehlt: Rückgabe → retour.");
        held.ShouldContain("„renvoi“ möchte der Händler hier nicht.");
        using var done = await translator.DeliverAsync(job, "Vos retours sont là.");
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_formulation_is_written_from_points_and_explained_in_the_merchants_language()
    {
        const string reply = "Bonjour Madame, nous vous remboursons volontiers.";
        var job = await market.OfferFormulationAsync(["Wir erstatten gern", "Entschuldigung"], "Bonjour, où est mon colis ?", 6);
        using var translator = await market.TranslatorAsync(2);
        var card = Card(await translator.GetAsync("/portal"), job);
        card.ShouldContain("Antwort · bis\u00A0zu\u00A06\u00A0Zeilen");
        card.ShouldContain("bis\u00A0zu\u00A08,40\u00A0€");
        card.ShouldContain("Wir erstatten gern · Entschuldigung");
        WebUtility.HtmlDecode(await translator.GetAsync($"/portal/jobs/{job}")).ShouldContain("Bonjour, où est mon colis ?");

        var page = await translator.ClaimAsync(job);
        page.ShouldContain("<li>Wir erstatten gern</li>");
        page.ShouldMatch("""<details class="context" id="message" open>[\s\S]*<div class="text" lang="fr">Bonjour, où est mon colis \?</div>""");
        page.ShouldMatch("""<section class="said"[\s\S]*<li>Erstattung ist möglich</li>[\s\S]*<li>Liefertermin</li>""");
        Field(page, "text").ShouldContain("lang=\"fr\"");
        Field(page, "back-gloss").ShouldContain("lang=\"de\"");
        page.ShouldContain("bezahlt höchstens 6\u00A0Zeilen");

        var held = await BodyAsync(await translator.SendAsync(job, "Deliver", new() { ["Text"] = reply, ["BackGloss"] = " " }));
        held.ShouldContain("data-finding=\"back_gloss_empty\"");
        Field(held, "back-gloss").ShouldContain("aria-invalid=\"true\"");
        held.ShouldContain(reply);
        (await market.JobAsync(job)).State.ShouldBe(JobState.InProgress);

        using var done = await translator.SendAsync(job, "Deliver", new() { ["Text"] = reply, ["BackGloss"] = "Wir erstatten.", ["Note"] = "Gern.", ["Gist"] = "not of this kind", [NoName] = "Anrede folgt" });
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var (told, content) = await market.DeliveredAsync(job);
        content.ShouldBe(new DeliveryContent(reply, "Gern.", "Wir erstatten."));
        (told.Lines, told.Characters, told.Call).ShouldBe((1, LineCounter.Count(reply).Characters, null));
        var work = WebUtility.HtmlDecode(await translator.GetAsync("/portal/work"));
        work.ShouldContain("Wir erstatten.");
        work.ShouldContain("Antwort · 1\u00A0Zeile");
    }

    [Fact]
    public async Task More_lines_than_ordered_are_delivered_only_knowingly()
    {
        var job = await market.OfferFormulationAsync(["Danke"], maxLines: 1);
        using var translator = await market.TranslatorAsync(3);
        await translator.ClaimAsync(job);
        var reply = new string('a', 30) + " " + new string('b', 30);
        var fields = new Dictionary<string, string> { ["Text"] = reply, ["BackGloss"] = "Danke", [NoName] = "so", ["because:must_say_missing:Erstattung ist möglich"] = "so" };

        var held = await BodyAsync(await translator.SendAsync(job, "Deliver", fields));
        held.ShouldContain("Der Text ist länger als die 1 vereinbarten Zeilen.");
        held.ShouldContain("data-over=\"true\"");
        fields["because:too_many_lines:1"] = "sonst unhöflich";
        (await translator.SendAsync(job, "Deliver", fields)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await market.DeliveredAsync(job)).Told.Lines.ShouldBe(2);
    }

    [Fact]
    public async Task A_summary_has_three_parts_in_the_merchants_language()
    {
        // For these translators French is the merchant's language: what counts is that the parts are in the target language.
        var job = await market.OfferSummaryAsync("Wo bleibt mein Paket? Das ist jetzt das dritte Mal.");
        using var translator = await market.TranslatorAsync(4);
        Card(await translator.GetAsync("/portal"), job).ShouldContain("Zusammenfassung · 2\u00A0Zeilen");
        var page = await translator.ClaimAsync(job);
        foreach (var id in new[] { "gist", "mood", "next-step" })
        {
            Field(page, id).ShouldContain("lang=\"fr\"", customMessage: id);
        }

        page.ShouldNotContain("id=\"text\"");
        var held = await BodyAsync(await translator.SendAsync(job, "Deliver", new() { ["Gist"] = "Elle attend son colis." }));
        held.ShouldNotContain("data-finding=\"gist_empty\"");
        held.ShouldContain("data-finding=\"mood_empty\"");
        held.ShouldContain("data-finding=\"next_step_empty\"");
        held.ShouldContain("Elle attend son colis.");

        using var done = await translator.SendAsync(job, "Deliver", new() { ["Gist"] = "Elle attend son colis.", ["Mood"] = "agacée", ["NextStep"] = "Répondre vite." });
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var (told, content) = await market.DeliveredAsync(job);
        content.ShouldBe(new DeliveryContent("", null, Summary: new SummaryContent("Elle attend son colis.", "agacée", "Répondre vite.")));
        (told.Lines, told.Characters).ShouldBe((1, LineCounter.Count("Elle attend son colis.").Characters));
        var work = WebUtility.HtmlDecode(await translator.GetAsync("/portal/work"));
        work.ShouldContain("agacée");
        work.ShouldContain("Répondre vite.");
    }

    [Fact]
    public async Task A_call_is_an_appointment_in_two_time_zones_and_its_number_a_link_for_the_holder()
    {
        var from = new DateTimeOffset(market.Time.GetUtcNow().Date.AddDays(3).AddHours(14), TimeSpan.Zero);
        var job = await market.OfferCallAsync(from, TimeSpan.FromHours(2));
        using var translator = await market.TranslatorAsync(5);
        var card = Card(await translator.GetAsync("/portal"), job);
        card.ShouldContain("Anruf · bis\u00A0zu\u00A010\u00A0min");
        card.ShouldContain("bis\u00A0zu\u00A011,76\u00A0€");
        card.ShouldContain(In("Europe/Berlin"));

        var page = await translator.ClaimAsync(job);
        page.ShouldContain($"<a href=\"tel:{Orders.Number}\" data-action=\"ring\">{Orders.Number}</a>");
        page.ShouldContain($"<dt>Ortszeit beim Kunden (New York)</dt><dd data-window=\"customer\">{In("America/New_York")}");
        page.ShouldContain($"<dt>Ihre Zeit (Berlin)</dt><dd data-window=\"own\">{In("Europe/Berlin")}");
        page.ShouldContain("Ist das Paket da?");
        Field(page, "report").ShouldContain("lang=\"de\"");
        Field(page, "minutes").ShouldContain("max=\"10\"");
        // It stays hers until the window has passed.
        (await market.JobAsync(job)).LeaseUntil.ShouldBe(from.AddHours(2.5));

        string In(string zone)
        {
            var start = TimeZoneInfo.ConvertTime(from, TimeZoneInfo.FindSystemTimeZoneById(zone));
            var german = System.Globalization.CultureInfo.GetCultureInfo("de-DE");
            return $"{start.ToString("ddd, d. MMMM, HH:mm", german)}\u2060–\u2060{start.AddHours(2).ToString("HH:mm", german)}\u00A0Uhr";
        }
    }

    [Fact]
    public async Task A_call_that_reached_somebody_is_told_with_its_minutes_and_one_that_did_not_with_none()
    {
        var reached = await market.OfferCallAsync(market.Time.GetUtcNow(), TimeSpan.FromHours(1));
        var missed = await market.OfferCallAsync(market.Time.GetUtcNow(), TimeSpan.FromHours(1), attempts: 3);
        using var translator = await market.TranslatorAsync(6);
        await translator.ClaimAsync(reached);
        await translator.ClaimAsync(missed);

        var held = await BodyAsync(await translator.SendAsync(reached, "Deliver", new() { ["Outcome"] = "reached", ["Minutes"] = "11", ["Attempts"] = "1", ["Report"] = "Das Paket ist da." }));
        held.ShouldContain("Bitte geben Sie die Minuten als ganze Zahl von 1 bis 10 an.");
        Field(held, "minutes").ShouldContain("value=\"11\"");
        (await translator.SendAsync(reached, "Deliver", new() { ["Outcome"] = "reached", ["Minutes"] = "7", ["Attempts"] = "1", ["Report"] = "Das Paket ist da." }))
            .StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var (told, content) = await market.DeliveredAsync(reached);
        told.Call.ShouldBe(new CallFacts("reached", 7, 1));
        content.ShouldBe(new DeliveryContent("", null, CallReport: "Das Paket ist da."));
        (told.Lines, told.Characters).ShouldBe((1, 17));

        held = await BodyAsync(await translator.SendAsync(missed, "Deliver", new() { ["Outcome"] = "not_reached", ["Minutes"] = "7", ["Attempts"] = "2", ["Report"] = "Niemand." }));
        held.ShouldContain("Vereinbart sind 3 Versuche.");
        (await market.JobAsync(missed)).State.ShouldBe(JobState.InProgress);
        (await translator.SendAsync(missed, "Deliver", new() { ["Outcome"] = "not_reached", ["Minutes"] = "7", ["Attempts"] = "3", ["Report"] = "Niemand." }))
            .StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await market.DeliveredAsync(missed)).Told.Call.ShouldBe(new CallFacts("not_reached", 0, 3));
        var stored = await market.App.ReadAsync(db => db.Deliveries.SingleAsync(d => d.JobId == Market.Id(missed)));
        (stored.CallOutcome, stored.CallMinutes, stored.CallAttempts).ShouldBe(("not_reached", 0, 3));
        WebUtility.HtmlDecode(await translator.GetAsync("/portal/work")).ShouldContain("Gesprochen · 7\u00A0min");
    }

    [Fact]
    public async Task Before_the_claim_no_page_and_no_news_holds_a_number_or_a_name()
    {
        string[] secrets = ["123456789", "12 34 56 78", "Martin", "Brunet", "Odile", "tel:"];
        var jobs = new[]
        {
            await market.OfferCallAsync(market.Time.GetUtcNow(), TimeSpan.FromHours(1), ask: ["Frau Martin-Brunet unter 06 12 34 56 78 fragen, ob sie da war"]),
            await market.OfferFormulationAsync(["Odile antworten: Erstattung"], "Bien à vous,\nOdile MARTIN-BRUNET\n+33 1 23 45 67 89"),
            await market.OfferSummaryAsync("Hier ist Brunet, rufen Sie mich an: 0123456789"),
            await market.OfferTranslationAsync("Guten Tag, Frau Martin-Brunet, am 03.12.2026 um 14:30 Uhr"),
        };
        using var translator = await market.TranslatorAsync(7);
        var pool = WebUtility.HtmlDecode(await translator.GetAsync("/portal"));

        foreach (var job in jobs)
        {
            Leaks(Card(pool, job)).ShouldBeEmpty();
            Leaks(WebUtility.HtmlDecode(await translator.GetAsync($"/portal/jobs/{job}"))).ShouldBeEmpty();
        }

        pool.ShouldContain("am 03.12.2026 um 14:30 Uhr");
        foreach (var job in jobs[..3])
        {
            Leaks(await translator.ClaimAsync(job)).ShouldNotBeEmpty();
        }

        List<string> Leaks(string page) => [.. secrets.Where(s => page.Contains(s, StringComparison.OrdinalIgnoreCase))];
    }

    [Fact]
    public async Task Drafts_keep_every_part_also_the_wrong_ones_and_tell_another_window_of_all_of_them()
    {
        var job = await market.OfferCallAsync(market.Time.GetUtcNow(), TimeSpan.FromHours(1));
        using var translator = await market.TranslatorAsync(8);
        await translator.ClaimAsync(job);
        var fields = new Dictionary<string, string> { ["Outcome"] = "voicemail", ["Minutes"] = "zwei", ["Attempts"] = "1", ["Report"] = "Bandansage", ["Version"] = "0" };
        (await translator.SendAsync(job, "Save", fields)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var page = WebUtility.HtmlDecode(await translator.GetAsync($"/portal/work/{job}"));
        page.ShouldMatch("id=\"outcome-voicemail\"[^>]*checked");
        Field(page, "minutes").ShouldContain("value=\"zwei\"");
        page.ShouldContain("Bandansage");

        var late = await translator.PostAsync(
            $"/portal/work/{job}", $"/portal/work/{job}?handler=Save", new() { ["Report"] = "anders", ["Version"] = "0" }, asScript: true);
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var other = JsonDocument.Parse(await BodyAsync(late)).RootElement.GetProperty("other");
        (other.GetProperty("outcome").GetString(), other.GetProperty("minutes").GetString(), other.GetProperty("report").GetString())
            .ShouldBe(("voicemail", "zwei", "Bandansage"));
        var unscripted = await BodyAsync(await translator.SendAsync(job, "Save", new() { ["Report"] = "anders", ["Version"] = "0" }));
        unscripted.ShouldContain("<p class=\"hint\">Wie ging der Anruf aus?</p>");
        unscripted.ShouldContain("Bandansage");
    }

    [Fact]
    public async Task Nothing_that_a_merchant_or_translator_writes_becomes_markup()
    {
        using var translator = await market.TranslatorAsync(9);
        var hostile = new Dictionary<string, Task<string>>
        {
            ["translation"] = market.OfferTranslationAsync($"Hallo Quote\" {Script}", new(Script, "\"><b>", Script), new("Quote\"", "\"onmouseover=alert(1)")),
            ["formulation"] = market.OfferFormulationAsync([Script], Script, 2, new GlossaryTerm(Script, Script)),
            ["summary"] = market.OfferSummaryAsync($"x {Script}"),
        };
        foreach (var (kind, offered) in hostile)
        {
            var job = await offered;
            (await translator.GetAsync("/portal")).ShouldNotContain("alert(1)</script>", customMessage: kind);
            (await translator.GetAsync($"/portal/jobs/{job}")).ShouldNotContain("alert(1)</script>", customMessage: kind);
            await translator.ClaimAsync(job);
            var page = await (await translator.SendAsync(job, "Deliver", new() { ["Text"] = $"</textarea>{Script}", ["BackGloss"] = "", ["Gist"] = Script, ["Mood"] = "\"><i>" }))
                .Content.ReadAsStringAsync(Cancelled);
            page.ShouldContain("&lt;script&gt;", customMessage: kind);
            page.ShouldNotContain("alert(1)</script>", customMessage: kind);
            page.ShouldNotContain("\"><b>");
            page.ShouldNotContain("\"><i>");
            page.ShouldNotContain("\"onmouseover");
            page.ShouldNotContain(" style=");
        }

        using var caller = await market.TranslatorAsync(10);
        var call = await market.OfferCallAsync(market.Time.GetUtcNow(), TimeSpan.FromHours(1), timeZone: Script, ask: [Script]);
        await caller.ClaimAsync(call);
        (await caller.GetAsync($"/portal/work/{call}")).ShouldNotContain("alert(1)</script>");
    }

    [Fact]
    public async Task Who_is_signed_out_while_writing_a_summary_gets_every_part_back()
    {
        using var visitor = market.App.Visitor();
        using var answer = await visitor.PostAsync(
            "/portal/sign-in", "/portal/work/job_01m85t5js5enstjphk4hnryvy9?handler=Deliver", new() { ["Gist"] = "Das Wichtige", ["Mood"] = "heiter", ["NextStep"] = "Danken" });

        var page = await BodyAsync(answer);
        page.ShouldContain("Das Wichtige\n\nheiter\n\nDanken");
    }

    [Fact]
    public async Task What_was_settled_by_the_delivery_is_shown_as_earned()
    {
        var job = await market.OfferCallAsync(market.Time.GetUtcNow(), TimeSpan.FromHours(1));
        using var translator = await market.TranslatorAsync(11);
        await translator.ClaimAsync(job);
        (await translator.SendAsync(job, "Deliver", new() { ["Outcome"] = "reached", ["Minutes"] = "3", ["Attempts"] = "1", ["Report"] = "Erledigt." })).Dispose();
        WebUtility.HtmlDecode(await translator.GetAsync("/portal/earnings")).ShouldContain("Bis\u00A0zu\u00A011,76\u00A0€ warten auf Abnahme.");
        var delivery = await market.App.ReadAsync(db => db.Deliveries.SingleAsync(d => d.JobId == Market.Id(job)));
        var now = market.Time.GetUtcNow();
        await market.Recorder.PublishAsync(new EarningCredited(Market.Id(job), Market.TranslatorId(11), 588, "EUR", now));
        await market.Recorder.PublishAsync(new DeliveryAccepted(
            Market.Id(job), Market.MerchantId, delivery.Id, Market.TranslatorId(11), 5, null, PreferTranslator: false, Automatic: false, now));

        await market.IsAsync(Market.Id(job), JobState.Accepted);
        await Eventually.Passes(TimeSpan.FromSeconds(30), async () =>
        {
            WebUtility.HtmlDecode(await translator.GetAsync("/portal/work")).ShouldContain("<span class=\"fee\">5,88\u00A0€</span>");
            WebUtility.HtmlDecode(await translator.GetAsync("/portal/earnings")).ShouldContain("<dt>Gesprochen</dt><dd>3\u00A0min</dd>");
        });
    }

    private static async Task<string> BodyAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancelled));
        }
    }

    private static string Card(string page, string job) =>
        WebUtility.HtmlDecode(page).Split("<li class=\"card offer").Single(card => card.Contains($"data-job=\"{job}\"", StringComparison.Ordinal)).Split("</li>")[0];

    /// <summary>The tag of the field with an id.</summary>
    private static string Field(string page, string id) => Tag().Matches(page).Select(m => m.Value).Single(tag => tag.Contains($" id=\"{id}\"", StringComparison.Ordinal));

    [GeneratedRegex("<(?:input|textarea|select)[^>]*>")]
    private static partial Regex Tag();
}

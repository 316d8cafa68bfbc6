using System.Net;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Memory;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.ServiceDefaults.Texts;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

public sealed class The_memory(Market market) : IClassFixture<Market>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_a_merchant_accepted_helps_with_her_next_text_and_with_nobody_elses()
    {
        using var translator = await market.TranslatorAsync(1);
        await AcceptedAsync(translator, "Ihr Paket kommt morgen. Bitte entschuldigen Sie die Verzögerung.", "Votre colis arrivera demain. Veuillez excuser ce retard.");

        var same = await market.OfferTranslationAsync("Bitte entschuldigen Sie die Verzögerung.");
        await translator.ClaimAsync(same);
        var page = WebUtility.HtmlDecode(await translator.GetAsync($"/portal/work/{same}"));
        page.ShouldContain("data-percent=\"100\"");
        page.ShouldContain("data-suggestion=\"1\">Veuillez excuser ce retard.");
        await BackAsync(translator, same);

        var alike = await market.OfferTranslationAsync("Bitte entschuldigen Sie vielmals die Verzögerung.");
        await translator.ClaimAsync(alike);
        page = WebUtility.HtmlDecode(await translator.GetAsync($"/portal/work/{alike}"));
        page.ShouldContain("data-percent=\"90\"");
        page.ShouldContain("<ins>vielmals ");
        await BackAsync(translator, alike);

        // The same words of another merchant, with a key of her own.
        var foreign = await ForeignAsync("Bitte entschuldigen Sie die Verzögerung.");
        await translator.ClaimAsync(foreign);
        (await translator.GetAsync($"/portal/work/{foreign}")).ShouldNotContain("data-suggestion");
        WebUtility.HtmlDecode(await translator.GetAsync($"/portal/work/{foreign}?find=colis")).ShouldContain("In früheren Texten dieses Händlers nichts gefunden");
        await BackAsync(translator, foreign);
    }

    [Fact]
    public async Task Earlier_texts_are_searched_on_both_sides_and_lie_sealed()
    {
        using var translator = await market.TranslatorAsync(2);
        await AcceptedAsync(translator, "Der Kleiderbügel fehlt leider.", "Le cintre manque malheureusement.");
        var job = await market.OfferTranslationAsync("Etwas ganz anderes steht hier.");
        await translator.ClaimAsync(job);

        foreach (var words in new[] { "kleiderbügel", "CINTRE" })
        {
            var found = WebUtility.HtmlDecode(await translator.GetAsync($"/portal/work/{job}?handler=Find&find={words}"));
            found.ShouldContain("Der Kleiderbügel fehlt leider.");
            found.ShouldContain("Le cintre manque malheureusement.");
        }

        using var other = await market.TranslatorAsync(3);
        (await other.StatusOfAsync($"/portal/work/{job}?handler=Find&find=cintre")).ShouldBe(HttpStatusCode.NotFound);
        var rows = await market.App.ReadAsync(db => db.Database.SqlQueryRaw<string>("SELECT encode(content, 'escape') AS \"Value\" FROM memory_entries").ToListAsync());
        rows.ShouldNotBeEmpty();
        rows.ShouldAllBe(r => !r.Contains("cintre", StringComparison.OrdinalIgnoreCase) && !r.Contains("Kleider", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sentence_that_was_translated_anew_comes_with_its_newest_translation_and_a_repeated_message_changes_nothing()
    {
        using var translator = await market.TranslatorAsync(4);
        await AcceptedAsync(translator, "Wir danken herzlich dafür.", "Merci beaucoup pour cela.");
        await AcceptedAsync(translator, "Wir danken herzlich dafür.", "Un grand merci pour cela.");

        var job = await market.OfferTranslationAsync("Wir danken herzlich dafür.");
        await translator.ClaimAsync(job);
        var page = await translator.GetAsync($"/portal/work/{job}");
        page.ShouldContain("Un grand merci pour cela.");
        page.ShouldNotContain("Merci beaucoup pour cela.");
    }

    [Fact]
    public async Task A_term_that_was_noted_stands_beside_the_glossary_of_the_next_job_and_the_merchants_own_word_before_it()
    {
        using var translator = await market.TranslatorAsync(5);
        var job = await market.OfferTranslationAsync("Der Bezug und die Hülle passen.", new GlossaryTerm("Hülle", "housse"));
        await translator.ClaimAsync(job);
        using var empty = await translator.SendAsync(job, "AddTerm", new() { ["Text"] = "La", ["TermSource"] = "Bezug", ["TermTarget"] = " " });
        WebUtility.HtmlDecode(await empty.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Füllen Sie bitte beide Wörter aus");
        (await translator.SendAsync(job, "AddTerm", new() { ["Text"] = "La", ["Version"] = "1", ["TermSource"] = "Bezug", ["TermTarget"] = "revêtement" })).Dispose();
        (await translator.SendAsync(job, "AddTerm", new() { ["Text"] = "La", ["Version"] = "2", ["TermSource"] = "Hülle", ["TermTarget"] = "étui" })).Dispose();
        WebUtility.HtmlDecode(await translator.GetAsync($"/portal/work/{job}")).ShouldContain(">La</textarea>");
        await BackAsync(translator, job);

        using var next = await market.TranslatorAsync(6);
        var second = await market.OfferTranslationAsync("Bezug und Hülle.", new GlossaryTerm("Hülle", "housse"));
        await next.ClaimAsync(second);
        var page = WebUtility.HtmlDecode(await next.GetAsync($"/portal/work/{second}"));
        page.ShouldContain("data-term=\"Bezug\"");
        page.ShouldContain("revêtement");
        page.ShouldNotContain("étui");
        using var stranger = await next.PostWithAsync(
            await next.TokenAsync("/portal"), $"/portal/work/{job}?handler=AddTerm", new() { ["TermSource"] = "a", ["TermTarget"] = "b" });
        stranger.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_went_before_in_the_case_is_read_by_whoever_holds_its_next_job()
    {
        var caseId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        using var translator = await market.TranslatorAsync(7);
        var first = await OfCaseAsync(caseId, "Erster Brief an Sie.");
        await translator.ClaimAsync(first);
        (await translator.DeliverAsync(first, "Première lettre pour vous.")).Dispose();
        var second = await OfCaseAsync(caseId, "Zweiter Brief an Sie.");
        using var other = await market.TranslatorAsync(8);
        (await other.GetAsync($"/portal/jobs/{second}")).ShouldNotContain("Première lettre");
        await other.ClaimAsync(second);

        var page = WebUtility.HtmlDecode(await other.GetAsync($"/portal/work/{second}"));

        page.ShouldContain($"data-earlier=\"{first}\"");
        page.ShouldContain("Erster Brief an Sie.");
        page.ShouldContain("Première lettre pour vous.");
    }

    [Fact]
    public async Task Findings_are_told_while_writing_without_saving_anything()
    {
        using var translator = await market.TranslatorAsync(9);
        var job = await market.OfferTranslationAsync("Es kostet 49,90 €.");
        await translator.ClaimAsync(job);

        using var answer = await translator.PostAsync(
            $"/portal/work/{job}", $"/portal/work/{job}?handler=Check", new() { ["Text"] = "Cela  coûte 49 €.", ["because:double_space:"] = "so" }, asScript: true);

        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        html.ShouldContain("Der Betrag 49,90 aus dem Original fehlt.");
        html.ShouldContain("data-start=\"4\" data-length=\"2\"");
        html.ShouldContain("value=\"so\"");
        (await market.App.ReadAsync(db => db.Drafts.CountAsync(d => d.JobId == Market.Id(job)))).ShouldBe(0);
        using var other = await market.TranslatorAsync(10);
        using var stranger = await other.PostWithAsync(await other.TokenAsync("/portal"), $"/portal/work/{job}?handler=Check", new() { ["Text"] = "x" }, asScript: true);
        stranger.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Placeholders_are_chips_and_the_targets_characters_are_at_hand()
    {
        using var translator = await market.TranslatorAsync(11);
        var job = await market.OfferTranslationAsync("Hallo ⟦1⟧, Ihre Hülle ist da.", new GlossaryTerm("Hülle", "housse"));
        await translator.ClaimAsync(job);

        var page = WebUtility.HtmlDecode(await translator.GetAsync($"/portal/work/{job}"));

        page.ShouldContain("data-chip>⟦1⟧</span>");
        page.ShouldContain("data-insert=\"œ\"");
    }

    [Theory]
    [InlineData("Hallo Welt. Wie geht es?", "Bonjour monde. Ça va ?", "Hallo Welt.=Bonjour monde.|Wie geht es?=Ça va ?")]
    [InlineData("Hallo Welt. Danke.", "Bonjour et merci.", "Hallo Welt.\nDanke.=Bonjour et merci.")]
    [InlineData("Um 14.30 Uhr z.B. morgen.", "À 14h30, demain.", "Um 14.30 Uhr z.B. morgen.=À 14h30, demain.")]
    [InlineData("OK", "OK", "")]
    [InlineData("你好。谢谢您的来信。", "Guten Tag. Danke für Ihren Brief.", "谢谢您的来信。=Danke für Ihren Brief.")]
    public void Sentences_are_paired_where_both_sides_have_as_many(string source, string target, string expected) =>
        string.Join('|', Segments.Align(source, target).Select(p => $"{p.Source}={p.Target}")).ShouldBe(expected);

    [Theory]
    [InlineData("Ihr Paket kommt am 3. Mai. Danke!", "Ihr Paket kommt am 3. Mai.|Danke!")]
    [InlineData("Das ist Ihre 2. Mahnung. Bitte zahlen Sie.", "Das ist Ihre 2. Mahnung.|Bitte zahlen Sie.")]
    [InlineData("Die Lieferung kommt vom 3. Dezember bis zum 5. Januar. Ja.", "Die Lieferung kommt vom 3. Dezember bis zum 5. Januar.|Ja.")]
    [InlineData("Es kostet 12. Danke.", "Es kostet 12.|Danke.")]
    [InlineData("Wir kommen am 3.12. Bitte warten Sie.", "Wir kommen am 3.12.|Bitte warten Sie.")]
    [InlineData("Viele Farben, z. B. Blau, bzw. Grün. Gut?", "Viele Farben, z. B. Blau, bzw. Grün.|Gut?")]
    [InlineData("Viele Farben, z.B. Blau. Gut?", "Viele Farben, z.B. Blau.|Gut?")]
    [InlineData("Siehe Nr. A12 von Herrn Dr. Meier. Gruß", "Siehe Nr. A12 von Herrn Dr. Meier.|Gruß")]
    [InlineData("Bonjour M. Dupont. Merci, p. ex. Lyon. Oui.", "Bonjour M. Dupont.|Merci, p. ex. Lyon.|Oui.")]
    [InlineData("Gentile Sig. Rossi, il Dott. Bianchi. Grazie.", "Gentile Sig. Rossi, il Dott. Bianchi.|Grazie.")]
    [InlineData("Estimada Sra. López. Gracias.", "Estimada Sra. López.|Gracias.")]
    [InlineData("Szanowny dr. Nowak, np. Kraków. Tak.", "Szanowny dr. Nowak, np. Kraków.|Tak.")]
    [InlineData("Ist es Größe M. Passt das?", "Ist es Größe M.|Passt das?")]
    [InlineData("Bücher usw. Danke.", "Bücher usw.|Danke.")]
    [InlineData("No. Thank you.", "No.|Thank you.")]
    [InlineData("Am 3.\nMai", "Am 3.|Mai")]
    public void Sentences_end_where_people_end_them(string text, string expected) => string.Join('|', Segments.Of(text)).ShouldBe(expected);

    [Theory]
    [InlineData("eins zwei drei", "eins zwei drei", 100)]
    [InlineData("Eins  zwei drei", "eins zwei DREI", 100)]
    [InlineData("eins zwei drei.", "eins zwei drei!", 99)]
    [InlineData("eins zwei drei", "eins zwei vier", 66)]
    [InlineData("eins", "zwei", 0)]
    [InlineData("", "", 100)]
    public void Likeness_is_the_share_of_common_words(string one, string other, int percent) => WordDiff.Likeness(one, other).ShouldBe(percent);

    [Theory]
    [InlineData("a b c", "a x c", "a [-b][+x] c")]
    [InlineData("", "neu", "[+neu]")]
    [InlineData("weg", "", "[-weg]")]
    [InlineData("gleich", "gleich", "gleich")]
    public void A_difference_loses_nothing_of_either_text(string before, string after, string expected)
    {
        var parts = WordDiff.Compare(before, after);
        string.Concat(parts.Select(p => p.Kind switch { DiffKind.Added => $"[+{p.Text}]", DiffKind.Removed => $"[-{p.Text}]", _ => p.Text })).ShouldBe(expected);
        string.Concat(parts.Where(p => p.Kind != DiffKind.Removed).Select(p => p.Text)).ShouldBe(after);
        string.Concat(parts.Where(p => p.Kind != DiffKind.Added).Select(p => p.Text)).ShouldBe(before);
    }

    private async Task AcceptedAsync(Visitor translator, string source, string target)
    {
        var job = await market.OfferTranslationAsync(source);
        await translator.ClaimAsync(job);
        using var answer = await translator.DeliverAsync(job, target);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var now = market.Time.GetUtcNow();
        await market.Recorder.PublishAsync(new DeliveryAccepted(
            Market.Id(job), Market.MerchantId, await market.NewestAsync(job), (await market.JobAsync(job)).HolderId!.Value, null, null, PreferTranslator: false, Automatic: false, now));
        await market.IsAsync(Market.Id(job), JobState.Accepted);
        await Eventually.Within(Soon, () => market.App.ReadAsync(db => db.Memory.AnyAsync(e => e.JobId == Market.Id(job))));
    }

    private static async Task BackAsync(Visitor translator, string job) => (await translator.SendAsync(job, "HandBack", [])).Dispose();

    private Task<string> OfCaseAsync(Guid caseId, string text)
    {
        var placed = market.PlacedOf("translation", new JobContent(text, Orders.Brief));
        return market.OfferAsync(placed with { Filing = placed.Filing with { CaseId = caseId } });
    }

    private Task<string> ForeignAsync(string text)
    {
        var (placed, key) = (market.Placed(), market.Vault.CreateDataKey());
        var content = market.Vault.Seal(key, placed.JobId, TextPurpose.JobContent, new JobContent(text, Orders.Brief));
        return market.OfferAsync(placed with { MerchantId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), DataKey = key, Content = content });
    }
}

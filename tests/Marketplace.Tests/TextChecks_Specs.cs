using System.Text.Json;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Features.Workbench;

namespace Zweizeiler.Marketplace.Tests;

public sealed class Checks_of_a_text
{
    private static readonly JobBrief Brief = new("auto", null, null, null, null, null, null, null, [], []);

    [Theory]
    [InlineData("Guten Tag Frau Martin, danke für alles.", "Bonjour Madame, Guten Tag Frau Martin, danke für alles.", "sentence_untranslated:Guten Tag Frau Martin, danke für alles.")]
    [InlineData("Danke sehr.", "Merci. Danke sehr.", "")] // so few words may be a name
    [InlineData("Siehe https://shop.example/x?a=1.", "Voir https://shop.example/x?a=1.", "")]
    [InlineData("Siehe https://shop.example/x.", "Voir le site.", "link_missing:https://shop.example/x")]
    [InlineData("Mail an hilfe@shop.example.", "Écrivez-nous.", "link_missing:hilfe@shop.example")]
    [InlineData("Bestellung AB-4711X ist da.", "La commande AB-4711X est là.", "")]
    [InlineData("Bestellung AB-4711X ist da.", "La commande AB-4711 est là.", "code_missing:AB-4711X")]
    [InlineData("Hallo ⟦1⟧.", "Bonjour ⟦1⟧ ⟦2⟧.", "placeholder_unknown:⟦2⟧")]
    [InlineData("Hallo (Welt).", "Bonjour (monde.", "bracket:(")]
    [InlineData("Hallo Welt.", "Bonjour « monde.", "bracket:«")]
    [InlineData("Hallo Welt.", "Bonjour :) monde.", "")]
    [InlineData("Hallo Welt.", "„Bonjour“ monde.", "")]
    [InlineData("a) Hallo.", "a) Bonjour.", "")]
    [InlineData("Hallo Welt.", "Bonjour  monde.", "double_space")]
    [InlineData("Hallo Welt.", "Bonjour le le monde.", "double_word:le le")]
    [InlineData("Hallo Welt.", "Nous nous réjouissons.", "")]
    [InlineData("Hallo Welt.", "Bonjour monde. Bien cordialement", "")] // a greeting added
    [InlineData("Wo ist es?", "Où est-ce.", "end_punctuation:?")]
    [InlineData("Danke!", "Merci", "end_punctuation:.")]
    [InlineData("Danke!", "Merci.", "")]
    [InlineData("Viele Grüße", "Cordialement", "")]
    public void Find_what_can_be_seen_of_a_text(string source, string text, string expected) => Found(Translation(source), text, "de", "fr").ShouldBe(expected);

    [Theory]
    [InlineData("formal", "fr", "Merci de ton message", "too_informal:ton")]
    [InlineData("formal", "fr", "Nous vous remercions", "")]
    [InlineData("informal", "fr", "Nous vous remercions", "too_formal:vous")]
    [InlineData("formal", "de", "Danke für deine Mail", "too_informal:deine")]
    [InlineData("informal", "de", "Sie sind da, danke. Sie kommen.", "")] // at the beginning it may be "they"
    [InlineData("informal", "de", "wir danken Ihnen", "too_formal:Ihnen")]
    [InlineData("formal", "it", "Ti ringraziamo", "too_informal:Ti")]
    [InlineData("informal", "it", "grazie, Lei è gentile", "too_formal:Lei")]
    [InlineData("formal", "es", "Gracias por tu mensaje", "too_informal:tu")]
    [InlineData("informal", "es", "Gracias a usted", "too_formal:usted")]
    [InlineData("formal", "nl", "Bedankt voor jouw bericht", "too_informal:jouw")]
    [InlineData("informal", "nl", "Wij danken u", "too_formal:u")]
    [InlineData("formal", "pl", "Dziękujemy za twoją wiadomość", "too_informal:twoją")]
    [InlineData("informal", "pl", "Dziękujemy, Pani Nowak", "too_formal:Pani")]
    [InlineData("formal", "en", "Thank you", "")]
    [InlineData("auto", "fr", "Merci de ton message", "")]
    public void Find_the_wrong_form_of_address(string formality, string target, string text, string expected) =>
        Found(Translation("Hallo", Brief with { Formality = formality }), text, "de", target).ShouldBe(expected);

    [Theory]
    [InlineData("ein Lieferdatum", "Es kommt bald.", "Il arrivera demain.", "may_promise:demain")]
    [InlineData("a delivery date", "Es kommt bald.", "Il arrive le 3 décembre.", "number_missing may_promise:3 décembre")]
    [InlineData("ein Lieferdatum", "Es kommt morgen.", "Il arrivera demain.", "")] // the merchant says it herself
    [InlineData("Erstattung", "Es tut uns leid.", "Vous serez remboursée.", "may_promise:rembours")]
    [InlineData("discount", "Es tut uns leid.", "Voici un bon d’achat.", "may_promise:bon d’achat")]
    [InlineData("Ersatz", "Es tut uns leid.", "Nous sommes désolés.", "")]
    public void Find_what_was_not_to_be_promised(string point, string source, string text, string expected) =>
        Found(Translation(source, Brief with { MustNotPromise = [point] }), text, "de", "fr").ShouldBe(expected.Replace("number_missing ", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("Erstattung ist möglich", "Nous pouvons vous rembourser.", "Wir können zurückzahlen.", "")] // said in the text, by its subject
    [InlineData("Rücksendung an das Lager Köln", "Renvoyez-le à Cologne.", "Bitte an das Lager in Köln zurücksenden.", "")]
    [InlineData("Rücksendung an das Lager Köln", "Merci beaucoup.", "Vielen Dank.", "must_say_missing:Rücksendung an das Lager Köln")]
    public void Find_in_the_back_gloss_whether_a_reply_says_what_it_must(string point, string text, string gloss, string expected) =>
        Found(Reply(Brief with { MustSay = [point] }), text, "de", "fr", gloss).ShouldBe(expected);

    [Theory]
    [InlineData("Guten Tag Frau Martin", "Bonjour Madame Martin", "")]
    [InlineData("Guten Tag Frau Martin", "Bonjour Madame", "name_missing:Mme Martin")]
    [InlineData("Guten Tag", "Bonjour", "")]
    public void Find_that_the_name_of_the_source_is_missing(string source, string text, string expected) =>
        Found(Translation(source, Brief with { CustomerName = "Mme Martin" }), text, "de", "fr").ShouldBe(expected);

    [Fact]
    public void Find_that_a_reply_does_not_address_its_reader() =>
        Found(Reply(Brief with { CustomerName = "Mme Martin" }), "Merci beaucoup.", "de", "fr", "Vielen Dank.").ShouldBe("name_missing:Mme Martin");

    [Theory]
    [InlineData("Es kostet 49,90 €.", "Cela coûte cher.", "amount")]
    [InlineData("Am 03.12.2026 kommt es.", "Cela vient.", "date")]
    [InlineData("Es sind 12 Stück.", "Il y en a.", null)]
    public void Say_what_a_missing_number_is(string source, string text, string? about) =>
        DeliveryChecks.Run("translation", Translation(source), new DraftContent(text, null), ("de", "fr")).Single(f => f.Code == "number_missing").About.ShouldBe(about);

    [Fact]
    public void Point_at_the_place()
    {
        const string text = "Merci de ton  message.";
        var findings = DeliveryChecks.Run("translation", Translation("Danke.", Brief with { Formality = "formal" }), new DraftContent(text, null), ("de", "fr"));

        findings.Select(f => text.Substring(f.Start!.Value, f.Length!.Value)).ShouldBe(["  ", "ton"]);
    }

    [Fact]
    public void Say_nothing_while_writing_of_what_is_not_written_yet()
    {
        DeliveryChecks.WhileWriting("translation", Translation("Hallo 12"), new DraftContent("", null), ("de", "fr")).ShouldBeEmpty();
        DeliveryChecks.WhileWriting("formulation", Reply(Brief), new DraftContent("Merci  bien.", null, ""), ("de", "fr")).Select(f => f.Code).ShouldBe(["double_space"]);
    }

    /// <summary>Good translations are not held up: what is found too often is dismissed unread.</summary>
    [Fact]
    public void Find_nothing_in_the_sample_translations()
    {
        var folder = Samples();
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "jobs"), "*.json"))
        {
            using var job = JsonDocument.Parse(File.ReadAllText(file));
            var brief = job.RootElement.GetProperty("brief");
            string? Text(string name) => brief.TryGetProperty(name, out var value) ? value.GetString() : null;
            IReadOnlyList<string> All(string name) => brief.TryGetProperty(name, out var value) ? [.. value.EnumerateArray().Select(v => v.GetString()!)] : [];
            var content = new JobContent(
                job.RootElement.GetProperty("text").GetString()!,
                new JobBrief(Text("formality") ?? "auto", null, null, Text("customerName"), null, null, null, null, All("mustSay"), All("mustNotPromise")));
            var text = File.ReadAllText(Path.Combine(folder, "translations", Path.ChangeExtension(Path.GetFileName(file), "txt"))).TrimEnd();
            var findings = DeliveryChecks.Run(
                "translation", content, new DraftContent(text, null),
                (job.RootElement.GetProperty("source").GetString()!, job.RootElement.GetProperty("target").GetString()!));

            string.Join(" ", findings.Select(f => f.Key)).ShouldBe("", Path.GetFileName(file));
        }
    }

    private static string Samples()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
            {
                return Path.Combine(folder.FullName, "samples");
            }
        }

        throw new InvalidOperationException("The checkout was not found.");
    }

    private static string Found(JobContent content, string text, string source, string target, string? gloss = null) =>
        string.Join(" ", DeliveryChecks.Run(content.Formulation is null ? "translation" : "formulation", content, new DraftContent(text, null, gloss), (source, target))
            .Select(f => f.Detail.Length == 0 ? f.Code : f.Key));

    private static JobContent Translation(string text, JobBrief? brief = null) => new(text, brief ?? Brief);

    private static JobContent Reply(JobBrief brief) => new("", brief, new FormulationContent(["Danke sagen"], null, 5));
}

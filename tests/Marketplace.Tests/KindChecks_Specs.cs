using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Features.Workbench;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Tests;

public sealed class Checks_of_each_kind
{
    private static readonly JobBrief Brief = new("auto", null, null, null, null, null, null, null, [], []);

    [Theory]
    [InlineData("Die Rückgabe", "Le retour", "")]
    [InlineData("Die RÜCKGABE", "Les retours", "")]
    [InlineData("Die Rückgabe", "La reprise", "term_missing:Rückgabe → retour / renvoi")]
    [InlineData("Die Rückgabe", "Le renvoi", "")]
    [InlineData("Die Rückgabe", "Le retournement", "term_missing:Rückgabe → retour / renvoi")]
    [InlineData("Keine", "La reprise", "")]
    [InlineData("Das Rückgaberecht", "Le droit de rétractation", "")]
    [InlineData("> Die Rückgabe\nHallo", "Bonjour", "")]
    [InlineData("Der Gutschein", "L'avoir", "term_missing:Gutschein → bon d'achat term_forbidden:avoir")]
    [InlineData("Der Gutschein", "Le bon d'achat", "")]
    [InlineData("Guten Tag", "L'avoir", "")]
    public void A_term_of_the_source_wants_its_translation_and_not_the_forbidden_one(string source, string text, string expected)
    {
        GlossaryTerm[] terms =
        [
            new("Rückgabe", "retour"), new("rückgabe", "renvoi"), new("Rückgaberecht", "droit de rétractation"),
            new("Gutschein", "bon d'achat"), new("Gutschein", "avoir", Forbidden: true),
        ];

        Found("translation", new JobContent(source, Brief, Terms: terms), new DraftContent(text, null)).ShouldBe(expected);
    }

    [Fact]
    public void What_one_term_forbids_and_another_asks_for_is_no_fault() =>
        Found(
            "translation",
            new JobContent("Umtausch und Rückgabe", Brief, Terms: [new("Umtausch", "retour", Forbidden: true), new("Rückgabe", "retour")]),
            new DraftContent("retour", null)).ShouldBeEmpty();

    [Fact]
    public void Terms_are_found_also_where_words_are_not_parted_by_spaces_and_however_accents_are_composed()
    {
        var terms = new[] { new GlossaryTerm("返品", "Rückgabe") };
        Found("translation", new JobContent("この返品は", Brief, Terms: terms), new DraftContent("Der Umtausch", null)).ShouldBe("term_missing:返品 → Rückgabe");
        Found("translation", new JobContent("この返品は", Brief, Terms: terms), new DraftContent("Die Ru\u0308ckgabe", null)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "", "empty back_gloss_empty")]
    [InlineData("Bonjour", "", "back_gloss_empty")]
    [InlineData("", "Hallo", "empty")]
    [InlineData("Bonjour", "Hallo", "")]
    public void A_formulation_needs_text_and_back_gloss(string text, string gloss, string expected) =>
        Found("formulation", Formulation(2), new DraftContent(text, null, gloss)).ShouldBe(expected);

    [Theory]
    [InlineData(110, "")]
    [InlineData(111, "too_many_lines:2")]
    public void A_formulation_above_its_lines_is_a_warning(int characters, string expected) =>
        Found("formulation", Formulation(2), new DraftContent(new string('a', characters), null, "x")).ShouldBe(expected);

    [Fact]
    public void The_terms_of_a_formulation_are_those_of_its_points() =>
        Found("formulation", Formulation(2) with { Terms = [new("Gutschein", "bon")] }, new DraftContent("Bonjour", null, "x")).ShouldBe("term_missing:Gutschein → bon");

    [Theory]
    [InlineData("", "", "", "gist_empty mood_empty next_step_empty")]
    [InlineData("Elle attend", "agacée", "", "next_step_empty")]
    [InlineData("Wo ist es?", "agacée", "x", "untranslated")]
    [InlineData("Elle attend", "agacée", "Répondre", "")]
    public void A_summary_needs_gist_mood_and_next_step(string gist, string mood, string next, string expected) =>
        Found("summary", new JobContent("Wo ist es?", Brief), new DraftContent("", null, Summary: new SummaryContent(gist, mood, next))).ShouldBe(expected);

    [Theory]
    [InlineData("", "", "", "", "outcome_missing attempts_wrong:20 report_empty")]
    [InlineData("hung_up", "1", "1", "x", "outcome_missing")]
    [InlineData("reached", "", "1", "x", "minutes_wrong:10")]
    [InlineData("reached", "0", "1", "x", "minutes_wrong:10")]
    [InlineData("reached", "11", "1", "x", "minutes_wrong:10")]
    [InlineData("reached", "2,5", "1", "x", "minutes_wrong:10")]
    [InlineData("reached", "-2", "1", "x", "minutes_wrong:10")]
    [InlineData("reached", "10", "1", "x", "")]
    [InlineData("reached", "5", "1", "", "report_empty")]
    [InlineData("reached", "5", "0", "x", "attempts_wrong:20")]
    [InlineData("reached", "5", "21", "x", "attempts_wrong:20")]
    [InlineData("voicemail", "", "1", "x", "")]
    [InlineData("wrong_number", "", "1", "x", "")]
    [InlineData("wrong_number", "", "1", "", "report_empty")]
    [InlineData("not_reached", "", "1", "x", "too_few_attempts:2")]
    [InlineData("not_reached", "", "2", "x", "")]
    [InlineData("not_reached", "", "3", "x", "")]
    public void A_call_needs_outcome_minutes_attempts_and_report(string outcome, string minutes, string attempts, string report, string expected) =>
        Found("call", Call(), new DraftContent("", null, Call: new CallDraft(outcome, minutes, attempts, report))).ShouldBe(expected);

    [Theory]
    [InlineData("summary")]
    [InlineData("call")]
    [InlineData("formulation")]
    [InlineData("translation")]
    public void A_form_without_any_field_is_held_up(string kind) =>
        DeliveryChecks.Run(kind, kind == "call" ? Call() : kind == "formulation" ? Formulation(2) : new JobContent("Hallo", Brief), new DraftContent("", null))
            .ShouldContain(f => f.Blocks);

    [Fact]
    public void Minutes_count_only_where_somebody_was_reached()
    {
        new CallDraft("reached", " 7 ", "1", "x").ToFacts().ShouldBe(new("reached", 7, 1));
        new CallDraft("voicemail", "7", "1", "x").ToFacts().ShouldBe(new("voicemail", 0, 1));
    }

    [Theory]
    [InlineData("Frau Dupont-Weiß fragt", "Frau […] fragt")]
    [InlineData("DUPONT-WEISS? Dupont-Weißs Paket", "[…]-WEISS? […] Paket")]
    [InlineData("Claire schreibt, Clairette nicht", "[…] schreibt, Clairette nicht")]
    [InlineData("+49 221 123456-78 oder 0221/12345678", "[…] oder […]")]
    [InlineData("06.12.34.56.78", "[…]")]
    [InlineData("am 01.12.2026 um 14:30, 1.000,50 € und Nr. 4711", "am 01.12.2026 um 14:30, 1.000,50 € und Nr. 4711")]
    public void A_preview_leaves_out_the_customers_name_and_telephone_numbers(string text, string expected)
    {
        var preview = Preview.Of(new JobContent(text, Brief with { CustomerName = "Frau Claire Dupont-Weiß", Greeting = "Hallo Claire" }));

        preview.Text.ShouldBe(expected);
        (preview.Brief.CustomerName, preview.Brief.Greeting).ShouldBe((null, null));
    }

    [Fact]
    public void A_window_is_told_in_the_zone_asked_for_and_over_midnight_with_both_days()
    {
        var from = new DateTimeOffset(2026, 11, 24, 22, 0, 0, TimeSpan.Zero);
        var german = new Reader("de", "Europe/Berlin", TimeProvider.System);
        german.Window(from, from.AddHours(2)).ShouldBe("Di, 24. November, 23:00 – Mi, 25. November, 01:00\u00A0Uhr");
        german.Window(from, from.AddHours(2), "America/New_York").ShouldBe("Di, 24. November, 17:00\u2060–\u206019:00\u00A0Uhr");
        new Reader("en", "Europe/London", TimeProvider.System).Window(from, from.AddHours(1)).ShouldBe("Tue, 24 November, 22:00\u2060–\u206023:00");
        german.Place("America/New_York").ShouldBe("New York");
        german.Place("nowhere").ShouldBe("UTC");
    }

    private static string Found(string kind, JobContent content, DraftContent written) =>
        string.Join(" ", DeliveryChecks.Run(kind, content, written).Select(f => f.Detail.Length == 0 ? f.Code : f.Key));

    private static JobContent Formulation(int lines) => new("", Brief, new FormulationContent(["Ein Gutschein"], null, lines));

    private static JobContent Call() =>
        new("", Brief, Call: new CallContent("+33123456789", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1), "Europe/Paris", 2, 10, ["x"]));
}

using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Features.Workbench;

namespace Zweizeiler.Marketplace.Tests;

public sealed class Delivery_checks
{
    [Theory]
    [InlineData("Hallo", "", "empty")]
    [InlineData("Hallo", " \u200B\n> zitiert", "empty")]
    [InlineData("Hallo Welt", "hallo  welt", "untranslated")]
    [InlineData("49,90 €", "49.90 €", "")]
    [InlineData("4711 4712", "4711 4712", "")]
    [InlineData("Es kostet 49,90 €.", "It costs €49.90.", "")]
    [InlineData("Es kostet 1.000,50 €.", "Cela coûte 1 000,50 €.", "")]
    [InlineData("Es kostet 1.000 €.", "It costs 1000 euros.", "")]
    [InlineData("Am 03.12.2026", "Le 3/12/2026", "")]
    [InlineData("Es kostet 49,90 €.", "It costs €49.00.", "number_missing:49,90")]
    [InlineData("2 Stück", "deux pièces", "number_missing:2")]
    [InlineData("> 12 Stück\nGuten Tag", "Bonjour", "")]
    [InlineData("Hallo ⟦1⟧ und ⟦2⟧", "Bonjour ⟦2⟧", "placeholder_missing:⟦1⟧")]
    public void Find(string source, string text, string expected) =>
        string.Join(" ", DeliveryChecks.Run("translation", Content(source), new DraftContent(text, null)).Select(f => f.Detail.Length == 0 ? f.Code : f.Key)).ShouldBe(expected);

    [Fact]
    public void A_text_above_the_ordered_length_is_a_warning() =>
        DeliveryChecks.Run("translation", Content("Hallo", 5), new DraftContent("Bonjour", null)).ShouldBe([new Finding("too_long", "5", Blocks: false)]);

    [Fact]
    public void Quoted_history_and_signature_are_context_only()
    {
        var parts = SourceText.Split("Guten Tag\n\nwo ist es?\n> alt\n\n> älter\nDanke\n-- \nFirma");

        parts.ShouldBe([
            new SourcePart(false, "Guten Tag\n\nwo ist es?"),
            new SourcePart(true, "> alt\n\n> älter"),
            new SourcePart(false, "Danke"),
            new SourcePart(true, "-- \nFirma"),
        ]);
    }

    [Fact]
    public void What_is_worked_on_is_what_is_counted()
    {
        const string text = "Guten Tag\n> zitiert\nDanke\n-- \nFirma";
        Pricing.LineCounter.Count(SourceText.Own(text)).Characters.ShouldBe(Pricing.LineCounter.Count(text).Characters);
    }

    [Theory]
    [InlineData("Guten Tag", "Guten Tag")]
    [InlineData("Guten\n\nTag  alle", "Guten Tag alle")]
    [InlineData("eins zwei drei vier fünf", "eins zwei drei …")]
    [InlineData("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", null)]
    public void First_words_are_cut_between_words(string text, string? expected)
    {
        var words = SourceText.FirstWords(text, 18);
        words.ShouldNotContain('\uFFFD');
        words.IsNormalized().ShouldBeTrue();
        if (expected is not null)
        {
            words.ShouldBe(expected);
        }
    }

    private static JobContent Content(string text, int? maxLength = null) =>
        new(text, new JobBrief("auto", null, null, null, null, null, null, maxLength, [], []));
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Zweizeiler.Marketplace.Tests.Support;

namespace Zweizeiler.Marketplace.Tests;

/// <summary>What only the script of the workbench can do.</summary>
public sealed class The_editor(Market market) : IClassFixture<Market>
{
    [Fact]
    public async Task A_remark_quotes_the_marked_passage_and_is_kept_with_the_draft()
    {
        using var translator = await market.TranslatorAsync(1);
        var job = await market.OfferTranslationAsync("Ihr Paket kommt morgen.");
        await translator.ClaimAsync(job);
        await using var screen = await Screen.StartAsync(market);
        var page = await screen.OpenAsync(1280);
        await screen.SignInAsync(page, Market.Email(1));
        await Screen.IsAtAsync(page, "/portal");
        await page.GotoAsync($"{screen.Portal}/work/{job}");
        await page.FillAsync("#text", "Votre colis arrive\ndemain.");

        await MarkAsync(page, 6, 25);
        await page.Locator("#text").PressAsync("Control+Alt+m");
        await page.Keyboard.TypeAsync("so sagt man.");
        await Assertions.Expect(page.Locator("#note")).ToHaveValueAsync("„colis arrive demain“: so sagt man.");

        await MarkAsync(page, 0, 5);
        await page.ClickAsync("#remark");
        await page.Keyboard.TypeAsync("höflich.");
        await Assertions.Expect(page.Locator("#saved[data-kind=''] time")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#note")).ToHaveValueAsync("„colis arrive demain“: so sagt man.\n„Votre“: höflich.");
    }

    [Fact]
    public async Task What_is_typed_while_nobody_answers_is_saved_as_soon_as_somebody_does_and_a_closed_tab_loses_nothing()
    {
        using var translator = await market.TranslatorAsync(3);
        var job = await market.OfferTranslationAsync("Ihr Paket kommt morgen.");
        await translator.ClaimAsync(job);
        await using var screen = await Screen.StartAsync(market);
        var page = await screen.OpenAsync(1280);
        await screen.SignInAsync(page, Market.Email(3));
        await Screen.IsAtAsync(page, "/portal");
        await page.GotoAsync($"{screen.Portal}/work/{job}");

        await page.RouteAsync("**/*handler=Save*", route => route.AbortAsync("connectionrefused"));
        await page.Locator("#text").PressSequentiallyAsync("Votre colis");
        await Assertions.Expect(page.Locator("#saved[data-kind=trouble]")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        (await DraftsAsync(job)).ShouldBe(0);
        await page.UnrouteAllAsync();
        await Assertions.Expect(page.Locator("#saved[data-kind=''] time")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        (await DraftsAsync(job)).ShouldBe(1);

        // Without a connection, and then the tab is closed.
        var context = page.Context;
        await context.SetOfflineAsync(true);
        await page.Locator("#text").PressSequentiallyAsync(" arrive");
        await page.CloseAsync();
        await context.SetOfflineAsync(false);
        page = await context.NewPageAsync();
        await page.GotoAsync($"{screen.Portal}/work/{job}");
        await Assertions.Expect(page.Locator("#text")).ToHaveValueAsync("Votre colis arrive");
    }

    [Fact]
    public async Task Every_field_says_which_language_it_is_in_so_that_the_browsers_spelling_knows_it()
    {
        using var translator = await market.TranslatorAsync(2);
        var reply = await market.OfferFormulationAsync(["Paket kommt morgen"]);
        await translator.ClaimAsync(reply);
        var page = await translator.GetAsync($"/portal/work/{reply}");
        foreach (var (field, language) in new[] { ("text", "fr"), ("back-gloss", "de"), ("note", "de") })
        {
            var tag = System.Text.RegularExpressions.Regex.Match(page, $"<textarea id=\"{field}\"[^>]*>").Value;
            tag.ShouldContain($"lang=\"{language}\"");
            tag.ShouldContain("spellcheck=\"true\"");
        }
    }

    private Task<int> DraftsAsync(string job) => market.App.ReadAsync(db => db.Drafts.CountAsync(d => d.JobId == Market.Id(job)));

    private static async Task MarkAsync(IPage page, int from, int to) =>
        await page.EvaluateAsync($"(t => {{ t.focus(); t.setSelectionRange({from}, {to}); }})(document.getElementById('text'))");
}

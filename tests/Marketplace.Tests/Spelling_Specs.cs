using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Features.Workbench.Checks;
using Zweizeiler.Marketplace.Features.Workbench.Spelling;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

/// <summary>A market where words are looked up.</summary>
public sealed class SpellingMarket(TestServers servers) : Market(servers)
{
    protected override IEnumerable<KeyValuePair<string, string>> Settings => [.. base.Settings, new("Spelling:Command", "hunspell"), new("Spelling:Limit", "00:00:20")];
}

public sealed class Spelling(SpellingMarket market) : IClassFixture<SpellingMarket>
{
    private const string Missing = "Hunspell with its dictionaries is not installed.";

    public static bool IsThere => Directory.Exists("/usr/share/hunspell") && new[] { "de_DE", "fr", "it_IT" }.All(d => File.Exists($"/usr/share/hunspell/{d}.dic"))
        && File.Exists("/usr/bin/hunspell") && File.Exists("/usr/bin/stdbuf");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Skip = Missing, SkipUnless = nameof(IsThere))]
    public async Task A_word_that_the_dictionary_does_not_know_holds_a_delivery_up_until_a_reason_is_given()
    {
        using var translator = await market.TranslatorAsync(1);
        var job = await market.OfferTranslationAsync("Guten Tag, Ihr Paket von Kleidoo ist da.");
        await translator.ClaimAsync(job);

        using var written = await translator.PostAsync(
            $"/portal/work/{job}", $"/portal/work/{job}?handler=Check", new() { ["Text"] = "Bonjour, votre colis Kleidoo est arivé." }, asScript: true);
        var html = WebUtility.HtmlDecode(await written.Content.ReadAsStringAsync(Cancelled));
        html.ShouldContain("„arivé“ steht nicht im Wörterbuch.");
        html.ShouldContain("href=\"#text\" data-start=\"33\" data-length=\"5\"");
        html.ShouldNotContain("„Kleidoo“", customMessage: "a name that the source has");

        using var held = await translator.DeliverAsync(job, "Bonjour, votre colis Kleidoo est arivé.");
        held.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await held.Content.ReadAsStringAsync(Cancelled)).ShouldContain("data-finding=\"spelling\" data-detail=\"ariv");
        using var done = await translator.DeliverAsync(job, "Bonjour, votre colis Kleidoo est arivé.", ("spelling:arivé", "So heißt es."));
        done.Headers.Location!.ToString().ShouldBe("/portal/work");
    }

    [Fact(Skip = Missing, SkipUnless = nameof(IsThere))]
    public async Task While_she_writes_the_editor_tells_of_the_word_and_leads_to_it_on_every_screen()
    {
        using var translator = await market.TranslatorAsync(3);
        var job = await market.OfferTranslationAsync("Guten Tag, Ihr Paket von Kleidoo ist da.");
        await translator.ClaimAsync(job);
        await using var screen = await Screen.StartAsync(market);
        var wrong = new List<string>();
        foreach (var at in Look.Screens)
        {
            await market.App.ReadAsync(db => db.Users.Where(u => u.Email == Market.Email(3)).ExecuteUpdateAsync(u => u.SetProperty(x => x.Locale, at.Locale[..2]), Cancelled));
            var page = await screen.OpenAsync(at.Width, at.Scheme, at.Locale);
            await screen.SignInAsync(page, Market.Email(3));
            await Screen.IsAtAsync(page, "/portal");
            await page.GotoAsync($"{screen.Portal}/work/{job}");
            await page.FillAsync("#text", "Bonjour, votre colis Kleidoo est arivé.");
            var finding = page.Locator("[data-writing=true] [data-finding=spelling]");
            await Assertions.Expect(finding).ToBeVisibleAsync(new() { Timeout = 20_000 });
            wrong.AddRange(await Look.AtAsync(page, "spelling", at));
            await finding.Locator("[data-place]").ClickAsync();
            (await page.EvaluateAsync<string>("(t => t.value.slice(t.selectionStart, t.selectionEnd))(document.getElementById('text'))")).ShouldBe("arivé");
            await page.Context.CloseAsync();
        }

        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    [Fact(Skip = Missing, SkipUnless = nameof(IsThere))]
    public async Task The_gist_of_a_summary_is_looked_up_in_the_merchants_language()
    {
        using var translator = await market.TranslatorAsync(2);
        var placed = market.PlacedOf("summary", new JobContent("Bonjour, où est mon colis ?", Orders.Brief));
        var job = await market.OfferAsync(placed with { Facts = placed.Facts with { Source = "de", Target = "fr" } });
        await translator.ClaimAsync(job);

        using var answer = await translator.SendAsync(job, "Check", new() { ["Gist"] = "La cliente demmande où est le colis.", ["Mood"] = "x", ["NextStep"] = "y" });

        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancelled)).ShouldContain("href=\"#gist\" data-start=\"11\" data-length=\"8\"");
    }

    [Fact]
    public async Task Where_the_speller_dies_or_hangs_or_is_missing_a_delivery_goes_through()
    {
        foreach (var script in new[] { "exit 1", "sleep 60", "read line; exit 1", "kill -9 $$", "yes" })
        {
            using var folder = new Temporary(script);
            using var speller = new Speller(new() { Command = folder.Command, Folder = folder.Path, Limit = TimeSpan.FromMilliseconds(200) }, TimeProvider.System, NullLogger<Speller>.Instance);
            var clock = Stopwatch.StartNew();
            (await speller.UnknownAsync("fr", ["arivé"], Cancelled)).ShouldBeNull(script);
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5), script);
        }

        using var missing = new Speller(new() { Command = "/nowhere/hunspell" }, TimeProvider.System, NullLogger<Speller>.Instance);
        missing.Knows("fr").ShouldBeFalse();
        (await missing.UnknownAsync("fr", ["arivé"], Cancelled)).ShouldBeNull();
    }

    [Fact(Skip = Missing, SkipUnless = nameof(IsThere))]
    public async Task After_a_death_the_next_question_but_a_while_is_answered_again_and_many_may_ask_at_once()
    {
        var time = new ShiftedTime();
        using var folder = new Temporary("""echo $$ > "$0.pid"; exec hunspell "$@" """);
        using var speller = new Speller(new() { Command = folder.Command, Limit = TimeSpan.FromSeconds(20) }, time, NullLogger<Speller>.Instance);
        (await speller.UnknownAsync("fr", ["arrivé", "arivé", "l’article"], Cancelled))!.ShouldBe(["arivé"]);
        var running = await File.ReadAllTextAsync($"{folder.Command}.pid", Cancelled);
        using (var gone = new CancellationTokenSource())
        {
            var asking = speller.UnknownAsync("fr", [.. Enumerable.Range(0, 1_000).Select(i => $"mot{(char)('a' + (i % 26))}")], gone.Token);
            await gone.CancelAsync();
            (await asking).ShouldNotBeNull();
            (await File.ReadAllTextAsync($"{folder.Command}.pid", Cancelled)).ShouldBe(running, "whoever goes away does not end it");
        }

        using (var process = Process.GetProcessById(int.Parse(running, CultureInfo.InvariantCulture)))
        {
            process.Kill();
            await process.WaitForExitAsync(Cancelled);
        }

        (await speller.UnknownAsync("fr", ["arivé"], Cancelled)).ShouldBeNull();
        time.Advance(TimeSpan.FromMinutes(2));
        (await speller.UnknownAsync("fr", ["arivé"], Cancelled))!.ShouldBe(["arivé"]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => speller.UnknownAsync(i % 2 == 0 ? "fr" : "it", [$"mott{(char)('a' + (i % 26))}x", "porte"], Cancelled)));
        answers.Select((a, i) => (a!, $"mott{(char)('a' + (i % 26))}x")).ShouldAllBe(x => x.Item1.SetEquals(new[] { x.Item2 }));
    }

    [Theory]
    [InlineData("Frau Martin-Brunet mag Odiles Schuhe", "Frau mag Schuhe")]
    [InlineData("Siehe https://x.example/qwx und a.b@c.example, Nr. A12", "Siehe und Nr")]
    [InlineData("⟦name⟧ und WLAN und 3x l’été", "und und l’été")]
    [InlineData("Die housse und Erstattung möglich", "Die und")]
    public void Names_terms_links_numbers_and_what_must_be_said_are_not_looked_up(string text, string expected)
    {
        var source = new JobContent("", Orders.Brief with { MustSay = ["Erstattung ist möglich"] }, Terms: [new GlossaryTerm("Hülle", "housse")]);
        string.Join(' ', SpellingChecks.Words(text, source).Select(w => w.Text)).ShouldBe(expected);
    }

    [Fact]
    public void A_compound_is_right_if_its_parts_are()
    {
        SpellingChecks.PartsOf("Rückerstattungsbetrag", "de").ShouldContain(("Rückerstattung", "Betrag"));
        SpellingChecks.PartsOf("Rückerstattungsbetrag", "fr").ShouldBeEmpty();
        SpellingChecks.PartsOf("Paketxy", "de").ShouldBeEmpty();
    }

    /// <summary>A folder with a dictionary that is none and a program that behaves badly.</summary>
    private sealed class Temporary : IDisposable
    {
        public Temporary(string script)
        {
            Command = System.IO.Path.Combine(Path, "speller");
            File.WriteAllText(Command, $"#!/bin/sh\n{script}\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Command, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            File.WriteAllText(System.IO.Path.Combine(Path, "fr.dic"), "0\n");
        }

        public string Path { get; } = Directory.CreateTempSubdirectory("zweizeiler-spelling-").FullName;

        public string Command { get; }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

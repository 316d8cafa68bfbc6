using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Tests.Support;

namespace Zweizeiler.Marketplace.Tests;

/// <summary>
/// Every page about people at the width of a phone and of a desk, light and dark, in both languages: nothing sticks out sideways. With
/// <c>ZWEIZEILER_PICTURES_OF_PEOPLE</c> set to a folder, pictures are taken; with <c>AXE</c> set to axe-core's <c>axe.min.js</c>, its rules are checked.
/// </summary>
public sealed class Pages_of_people(Market market) : IClassFixture<Market>
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("ZWEIZEILER_PICTURES_OF_PEOPLE");
    private static readonly string? Axe = Environment.GetEnvironmentVariable("AXE");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_fit_every_screen()
    {
        var email = PeopleMarket.NewEmail("jana.novak");
        using (var her = await market.JoinedAsync(email, "Jana Nováková-Schwarzenberg"))
        {
            (await her.HandInTestAsync("de-fr", "Bonjour, ma commande de 149,90 € devait arriver le 3 mai.", "Monsieur, nous sommes désolés.", "Salut, le sac à dos convient aussi aux épaules larges ?")).Dispose();
            (await her.HandInTestAsync("fr-de", "Guten Tag, …", "Sehr geehrte Frau …", "Hallo, …")).Dispose();
            (await her.PostAsync("/portal/profile/pairs", "/portal/profile/pairs?handler=Add", new() { ["Source"] = "pl", ["Target"] = "de" })).Dispose();
        }

        var id = await market.App.ReadAsync(db => db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync(Cancelled));
        var test = await market.App.ReadAsync(db => db.PairTests.Where(t => t.TranslatorId == id && t.Source == "de").Select(t => t.Id).SingleAsync(Cancelled));
        await DecideAsync(id);
        var applicant = PeopleMarket.NewEmail("amelie");
        using (var stranger = market.Stranger())
        {
            (await stranger.PostManyAsync(
                "/portal/apply", "/portal/apply", ("Name", "Amélie Roux"), ("Email", applicant), ("Native", "fr"), ("Source", "de"), ("Target", "fr"), ("Kinds", "translation"),
                ("Why", "Ich schreibe seit Jahren für Läden, am liebsten über Fahrräder.\nStudiert habe ich in Lyon und Köln."))).Dispose();
            var confirm = await market.LinkAsync(applicant, "confirm_email");
            (await stranger.PostAsync(confirm, "/portal/confirm", new() { ["token"] = PeopleMarket.TokenOf(confirm) })).Dispose();
            (await stranger.PostAsync("/portal/forgot", "/portal/forgot", new() { ["Email"] = email })).Dispose();
        }

        var (invitation, reset) = (await market.InviteAsync(PeopleMarket.NewEmail("invited")), await market.LinkAsync(email, "reset_password"));
        await using var screen = await Screen.StartAsync(market);
        var wrong = new List<string>();
        string[] open = ["/sign-in", "/apply", "/forgot", "/forgot?sent=true", invitation["/portal".Length..], reset["/portal".Length..], "/join?token=none", "/confirm"];
        string[] hers = ["/profile", "/profile/pairs", "/profile/pairs/pl-de", "/availability", "/security", "/security/second-factor"];
        string[] desk = ["/desk/people", $"/desk/people/{id}", "/desk/applications", "/desk/tests", $"/desk/tests/{test}", "/desk/audit"];
        foreach (var (width, scheme, locale) in new[] { (390, ColorScheme.Light, "de-DE"), (390, ColorScheme.Dark, "en-GB"), (1280, ColorScheme.Light, "en-GB"), (1280, ColorScheme.Dark, "de-DE") })
        {
            await market.App.ReadAsync(db => db.Users.Where(u => u.Email == email || u.Email == Market.OperatorEmail)
                .ExecuteUpdateAsync(u => u.SetProperty(x => x.Locale, locale[..2]), Cancelled));
            foreach (var (who, paths) in new[] { (null, open), (email, hers), (Market.OperatorEmail, desk) })
            {
                var page = await screen.OpenAsync(width, scheme, locale);
                if (who is not null)
                {
                    await screen.SignInAsync(page, who);
                    await Screen.IsAtAsync(page, who == email ? "/portal" : "/portal/desk");
                }

                foreach (var path in paths)
                {
                    await page.GotoAsync($"{screen.Portal}{path}");
                    wrong.AddRange((await WrongAsync(page)).Select(w => $"{path} {width} {scheme} {locale}: {w}"));
                    if (Folder is not null)
                    {
                        var name = $"{path.Split('?')[0].Trim('/').Replace('/', '-').Replace(id.ToString(), "id", StringComparison.Ordinal).Replace(test.ToString(), "id", StringComparison.Ordinal)}{(path.Contains("none", StringComparison.Ordinal) ? "-ended" : path.Contains("sent", StringComparison.Ordinal) ? "-sent" : "")}";
                        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}-{width}-{scheme}-{locale[..2]}.png"), FullPage = true });
                    }
                }

                await page.Context.CloseAsync();
            }
        }

        wrong.ShouldBeEmpty();
    }

    private static async Task<List<string>> WrongAsync(IPage page)
    {
        var wrong = new List<string>();
        if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
        {
            wrong.Add("sticks out sideways");
        }

        if (Axe is not null)
        {
            // The portal lets no script in from elsewhere; the check stands outside of that.
            await page.EvaluateAsync(await File.ReadAllTextAsync(Axe));
            var found = await page.EvaluateAsync<JsonElement>("axe.run().then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ' ' + n.html.slice(0, 160))))");
            wrong.AddRange(found.EnumerateArray().Select(v => v.GetString()!));
        }

        return wrong;
    }

    private Task<int> DecideAsync(Guid id) => market.App.ReadAsync(async db =>
    {
        var declined = await db.PairTests.SingleAsync(t => t.TranslatorId == id && t.Source == "fr", Cancelled);
        await db.PairTests.Where(t => t.Id == declined.Id).ExecuteUpdateAsync(
            t => t.SetProperty(x => x.State, PairTestState.Declined).SetProperty(x => x.DecidedAt, market.Time.GetUtcNow()).SetProperty(x => x.Word, "Sehr flüssig, aber der zweite Text klingt zu streng."), Cancelled);
        db.Add(new TranslatorPair { TranslatorId = id, Source = "de", Target = "en" });
        return await db.SaveChangesAsync(Cancelled);
    });
}

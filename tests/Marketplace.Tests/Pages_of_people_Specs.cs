using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Tests.Support;

namespace Zweizeiler.Marketplace.Tests;

/// <summary>Every page about people, see <see cref="Look"/>.</summary>
public sealed class Pages_of_people(Market market) : IClassFixture<Market>
{
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
        foreach (var at in Look.Screens)
        {
            var (width, scheme, locale) = at;
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
                    var name = $"{path.Split('?')[0].Trim('/').Replace('/', '-').Replace(id.ToString(), "id", StringComparison.Ordinal).Replace(test.ToString(), "id", StringComparison.Ordinal)}{(path.Contains("none", StringComparison.Ordinal) ? "-ended" : path.Contains("sent", StringComparison.Ordinal) ? "-sent" : "")}";
                    wrong.AddRange(await Look.AtAsync(page, name, at));
                }

                await page.Context.CloseAsync();
            }
        }

        wrong.ShouldBeEmpty(string.Join('\n', wrong));
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

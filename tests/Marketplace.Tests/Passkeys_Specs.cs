using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Zweizeiler.Marketplace.Tests.Support;

namespace Zweizeiler.Marketplace.Tests;

public sealed class Passkeys(Market market) : IClassFixture<Market>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_passkey_is_made_signs_in_without_a_code_and_is_worth_nothing_once_removed()
    {
        await using var screen = await Screen.StartAsync(market);
        var page = await screen.OpenAsync();
        var device = await page.Context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        await device.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        await screen.SignInAsync(page, Market.Email(1));
        await Screen.IsAtAsync(page, "/portal");

        // A wrong password makes none, and says so at the button.
        await page.GotoAsync($"{screen.Portal}/security");
        await page.ClickAsync(".adding > summary");
        await page.FillAsync("#passkeyname", "Handy");
        await page.FillAsync("#passkeypassword", "wrong password");
        await page.ClickAsync("[data-action=add-passkey]");
        await Assertions.Expect(page.Locator("[data-passkey-error]")).ToContainTextAsync("nicht Ihr jetziges Passwort");
        await page.FillAsync("#passkeypassword", Market.Password);
        await page.ClickAsync("[data-action=add-passkey]");
        await Assertions.Expect(page.Locator("[data-passkey-id]")).ToContainTextAsync("Handy");
        await market.MailAsync(Market.Email(1), "sign_in_changed");

        await SignOutAsync(page);
        await page.ClickAsync("[data-action=passkey]");
        await Screen.IsAtAsync(page, "/portal");
        await Assertions.Expect(page.Locator("[data-action=availability]")).ToHaveCountAsync(1);

        // Wrong passwords of a stranger do not keep its owner out; an operator does.
        await market.App.ReadAsync(db => db.Users.Where(u => u.Id == Market.TranslatorId(1)).ExecuteUpdateAsync(
            u => u.SetProperty(x => x.LockoutEnd, TimeProvider.System.GetUtcNow().AddHours(1)), Cancelled));
        await SignOutAsync(page);
        await page.ClickAsync("[data-action=passkey]");
        await Screen.IsAtAsync(page, "/portal");
        await SignOutAsync(page);
        await SetShutOutAsync(market.Time.GetUtcNow());
        await page.ClickAsync("[data-action=passkey]");
        await Assertions.Expect(page.Locator("[data-passkey-error]")).ToContainTextAsync("nicht geklappt");
        await SetShutOutAsync(null);

        await page.ClickAsync("[data-action=passkey]");
        await Screen.IsAtAsync(page, "/portal");
        await page.GotoAsync($"{screen.Portal}/security");
        await page.ClickAsync(".confirm > summary");
        await page.ClickAsync("[data-action=remove-passkey]");
        await Assertions.Expect(page.Locator("[data-passkey-id]")).ToHaveCountAsync(0);
        await SignOutAsync(page);
        await page.ClickAsync("[data-action=passkey]");
        await Assertions.Expect(page.Locator("[data-passkey-error]")).ToContainTextAsync("nicht geklappt");
        page.Url.ShouldContain("/portal/sign-in");
    }

    [Fact]
    public async Task Without_script_everything_else_works()
    {
        await using var screen = await Screen.StartAsync(market);
        var page = await screen.OpenAsync(withScript: false);
        await screen.SignInAsync(page, Market.Email(2));
        (await page.Locator("[data-action=passkey]").IsVisibleAsync()).ShouldBeFalse();
        await page.GotoAsync($"{screen.Portal}/security");
        (await page.Locator("[data-without-script]").IsVisibleAsync()).ShouldBeTrue();

        await page.GotoAsync($"{screen.Portal}/availability");
        await page.CheckAsync("input[name=Always][value=false]");
        await page.FillAsync("fieldset.day:first-of-type input[name=From] >> nth=0", "09:00");
        await page.FillAsync("fieldset.day:first-of-type input[name=To] >> nth=0", "12:30");
        await page.ClickAsync("[data-action=save-hours]");

        (await page.Locator(".notice[data-notice=good]").CountAsync()).ShouldBe(1);
        (await page.InputValueAsync("fieldset.day:first-of-type input[name=To] >> nth=0")).ShouldBe("12:30");
    }

    private async Task SetShutOutAsync(DateTimeOffset? at) => (await market.App.ReadAsync(db => db.Users.Where(u => u.Id == Market.TranslatorId(1))
        .ExecuteUpdateAsync(u => u.SetProperty(x => x.ShutOutAt, at), Cancelled))).ShouldBe(1);

    private static async Task SignOutAsync(IPage page)
    {
        await page.ClickAsync(".menu > summary");
        await page.ClickAsync("[data-action=sign-out]");
        await Screen.IsAtAsync(page, "/portal/sign-in");
    }
}

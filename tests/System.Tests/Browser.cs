using Microsoft.Playwright;
using Zweizeiler.Demo;

namespace Zweizeiler.SystemTests;

/// <summary>A real browser.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<Browser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(Chromium.Launch);
        return new Browser(playwright, browser);
    }

    /// <summary>The jobs page of a translator who works from one language into the other.</summary>
    public async Task<IPage> SignInAsync(StackDetails details, string source, string target, BrowserNewContextOptions? options = null)
    {
        var translator = details.Translators.First(t => t.Translates(source, target));
        var context = await _browser.NewContextAsync(options ?? new BrowserNewContextOptions { ViewportSize = new() { Width = 390, Height = 844 }, Locale = "en-GB" });
        context.SetDefaultTimeout((float)Stack.Deadline.TotalMilliseconds);
        var page = await context.NewPageAsync();
        var answer = await page.GotoAsync($"{details.Portal}");
        answer!.Ok.ShouldBeTrue();
        page.Url.ShouldContain("/portal/sign-in");
        await page.FillAsync("#email", translator.Email);
        await page.FillAsync("#password", translator.Password);
        await page.ClickAsync("[data-action=sign-in]");
        await page.WaitForURLAsync("**/portal");
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

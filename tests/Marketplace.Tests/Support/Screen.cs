using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Zweizeiler.SystemTests;

namespace Zweizeiler.Marketplace.Tests.Support;

/// <summary>A real browser at a replica of its own that listens on a port: for what only a browser can do.</summary>
internal sealed class Screen : IAsyncDisposable
{
    private const int Patience = 20_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Screen(IPlaywright playwright, IBrowser browser, Uri portal) => (_playwright, _browser, Portal) = (playwright, browser, portal);

    public Uri Portal { get; }

    public static async Task<Screen> StartAsync(Market market, Action<IServiceCollection>? played = null)
    {
        var replica = market.StartReplica(played);
        replica.UseKestrel(0);
        replica.StartServer();
        var port = replica.ClientOptions.BaseAddress.Port;
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(Chromium.Launch);
        // By its name, to which passkeys are bound.
        return new Screen(playwright, browser, new Uri($"http://localhost:{port}/portal"));
    }

    public async Task<IPage> OpenAsync(int width = 390, ColorScheme scheme = ColorScheme.Light, string locale = "de-DE", bool withScript = true)
    {
        var context = await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = width < 600 ? 844 : 800 },
            ColorScheme = scheme,
            Locale = locale,
            JavaScriptEnabled = withScript,
        });
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    /// <summary>Waits until the page is at a path. Not by navigation: whoever asks when it is there already would wait for the next one.</summary>
    public static Task IsAtAsync(IPage page, string path) =>
        Assertions.Expect(page).ToHaveURLAsync(new Regex($"{Regex.Escape(path)}$"), new() { Timeout = Patience });

    public async Task SignInAsync(IPage page, string email, string password = Market.Password)
    {
        await page.GotoAsync($"{Portal}/sign-in");
        await page.FillAsync("#email", email);
        await page.FillAsync("#password", password);
        await page.ClickAsync("[data-action=sign-in]");
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

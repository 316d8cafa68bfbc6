using System.Text.Json;
using Microsoft.Playwright;

namespace Zweizeiler.Marketplace.Tests.Support;

/// <summary>
/// A look at a page: nothing sticks out sideways. With <c>ZWEIZEILER_PICTURES_OF_PAGES</c> set to a folder, pictures are taken; with <c>AXE</c> set to
/// axe-core's <c>axe.min.js</c> (<c>npm ci</c> in <c>eng/accessibility</c>), its rules are checked.
/// </summary>
internal static class Look
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("ZWEIZEILER_PICTURES_OF_PAGES");
    private static readonly string? Axe = Environment.GetEnvironmentVariable("AXE");

    /// <summary>What a page transfers with all that belongs to it, heads included, when nothing of it was there before.</summary>
    private const int MostBytes = 100_000;

    /// <summary>A phone and a desk, light and dark, in both languages.</summary>
    public static IReadOnlyList<(int Width, ColorScheme Scheme, string Locale)> Screens { get; } =
        [(390, ColorScheme.Light, "de-DE"), (390, ColorScheme.Dark, "en-GB"), (1280, ColorScheme.Light, "en-GB"), (1280, ColorScheme.Dark, "de-DE")];

    /// <summary>What sticks out of the page, or of the bar of tabs, which is fixed and widens nothing.</summary>
    private const string SticksOut = """
        (() => {
          const width = document.documentElement.clientWidth;
          const out = e => e.getBoundingClientRect().right > width + .5;
          const tab = [...document.querySelectorAll('.tabs a, .tabs .tab-count')].find(out);
          if (tab) return tab.outerHTML.slice(0, 160);
          if (document.documentElement.scrollWidth <= width) return null;
          const widest = [...document.querySelectorAll('.top *, main *')].filter(e => out(e) && !e.closest('.scroll *') && ![...e.children].some(out));
          return widest.slice(0, 3).map(e => `${e.parentElement.className} > ${e.outerHTML.slice(0, 120)}`).join(' + ') || 'something that is no element';
        })()
        """;

    /// <summary>What is wrong with the page as it stands there.</summary>
    public static async Task<IReadOnlyList<string>> AtAsync(IPage page, string name, (int Width, ColorScheme Scheme, string Locale) screen)
    {
        var wrong = new List<string>();
        if (await page.EvaluateAsync<string?>(SticksOut) is { } widest)
        {
            wrong.Add($"sticks out sideways: {widest}");
        }

        if (screen == Screens[0])
        {
            wrong.AddRange(await OnSmallPhonesAsync(page, name));
        }

        var bytes = await page.EvaluateAsync<int>(
            "performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource')).reduce((sum, e) => sum + e.encodedBodySize + 300, 0)");
        if (bytes > MostBytes)
        {
            wrong.Add($"weighs {bytes} bytes");
        }

        if (Axe is not null)
        {
            // The portal lets no script in from elsewhere; the check stands outside of that.
            await page.EvaluateAsync(await File.ReadAllTextAsync(Axe));
            var found = await page.EvaluateAsync<JsonElement>("axe.run().then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ' ' + n.html.slice(0, 160))))");
            wrong.AddRange(found.EnumerateArray().Select(v => v.GetString()!));
        }

        if (Folder is not null)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}-{screen.Width}-{screen.Scheme}-{screen.Locale[..2]}.png"), FullPage = true });
        }

        return [.. wrong.Select(w => $"{name} {screen}: {w}")];
    }

    /// <summary>The same at 360 pixels, and with text twice as large (WCAG 1.4.4).</summary>
    private static async Task<IReadOnlyList<string>> OnSmallPhonesAsync(IPage page, string name)
    {
        var wrong = new List<string>();
        foreach (var (width, size) in new[] { (360, "100%"), (390, "200%") })
        {
            await page.SetViewportSizeAsync(width, 844);
            await page.EvaluateAsync("size => { document.documentElement.style.fontSize = size; }", size);
            if (await page.EvaluateAsync<string?>(SticksOut) is { } widest)
            {
                wrong.Add($"at {width} pixels and {size} sticks out sideways: {widest}");
            }

            if (Folder is not null)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}-{width}-{size[..3]}.png"), FullPage = true });
            }
        }

        await page.EvaluateAsync("document.documentElement.style.fontSize = ''");
        await page.SetViewportSizeAsync(Screens[0].Width, 844);
        return wrong;
    }
}

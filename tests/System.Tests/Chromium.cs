using Microsoft.Playwright;

namespace Zweizeiler.SystemTests;

/// <summary>The system's browser, or the one named by <c>CHROMIUM</c>; it asks nobody for updates.</summary>
internal static class Chromium
{
    public static BrowserTypeLaunchOptions Launch => new()
    {
        ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
        Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    };
}

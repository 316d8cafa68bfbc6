using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Zweizeiler.Client;

namespace Zweizeiler.SystemTests;

/// <summary>
/// Takes the pictures in <c>docs/images</c>. Only when asked to: <c>ZWEIZEILER_PICTURES=docs/images artifacts/bin/System.Tests/release/Zweizeiler.System.Tests
/// -class Zweizeiler.SystemTests.Pictures_of_the_portal</c>.
/// </summary>
public sealed class Pictures_of_the_portal(Stack stack)
{
    private static string? Folder => Environment.GetEnvironmentVariable("ZWEIZEILER_PICTURES");

    public static bool IsAskedFor => Folder is not null;

    [Fact(Skip = "Set ZWEIZEILER_PICTURES to a folder.", SkipUnless = nameof(IsAskedFor))]
    public async Task They_show_what_a_translator_sees()
    {
        var samples = await Zweizeiler.Demo.Sample.ReadAllAsync(Zweizeiler.Demo.Sample.DefaultFolder, Stack.Cancelled);
        using var merchant = stack.Merchant();
        var mine = samples.Where(s => s.Job is { Source: "de", Target: "fr" } or { Source: "fr", Target: "de" }).ToList();
        var earned = new List<Job>();
        foreach (var sample in mine)
        {
            var job = await merchant.Jobs.CreateAsync(sample.Job, cancellationToken: Stack.Cancelled);
            await Merchant.DeliverAsync(stack.Details, job, sample.Translation);
            await merchant.BecomesAsync(job.Id, JobState.InReview);
            await merchant.Jobs.AcceptAsync(job.Id, new Acceptance(5), cancellationToken: Stack.Cancelled);
            earned.Add(job);
        }

        var jobs = new List<Job>();
        foreach (var sample in mine)
        {
            jobs.Add(await merchant.Jobs.CreateAsync(sample.Job, cancellationToken: Stack.Cancelled));
            await merchant.BecomesAsync(jobs[^1].Id, JobState.Open);
        }

        await using var browser = await Browser.StartAsync();
        foreach (var (theme, scheme) in new[] { ("light", ColorScheme.Light), ("dark", ColorScheme.Dark) })
        {
            var phone = await browser.SignInAsync(stack.Details, "de", "fr", Screen(390, 844, scheme));
            await Portal.SeesEarningAsync(phone, stack.Details, earned[^1].Id);
            await SaveAsync(phone, $"portal-earnings-{theme}.png");
            await phone.GotoAsync($"{stack.Details.Portal}");
            await SaveAsync(phone, $"portal-jobs-{theme}.png");

            var desk = await browser.SignInAsync(stack.Details, "de", "fr", Screen(1280, 800, scheme));
            var late = jobs[0];
            if (theme == "light")
            {
                await desk.GotoAsync($"{stack.Details.Portal}/jobs/{late.Id}");
                await desk.ClickAsync("[data-action=claim]");
            }

            await desk.GotoAsync($"{stack.Details.Portal}/work/{late.Id}");
            await desk.FillAsync("#text", samples[0].Translation);
            await Assertions.Expect(desk.Locator("#lines")).Not.ToHaveTextAsync(new Regex("^0 "));
            await SaveAsync(desk, $"portal-workbench-{theme}.png");
        }
    }

    private static BrowserNewContextOptions Screen(int width, int height, ColorScheme scheme) => new()
    {
        ViewportSize = new() { Width = width, Height = height },
        DeviceScaleFactor = 2,
        ColorScheme = scheme,
        Locale = "en-GB",
    };

    private static async Task SaveAsync(IPage page, string name) =>
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder!, name), Animations = ScreenshotAnimations.Disabled });
}

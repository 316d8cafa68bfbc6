using Microsoft.Playwright;
using Zweizeiler.Demo;

namespace Zweizeiler.SystemTests;

/// <summary>What a translator does in her browser.</summary>
internal static class Portal
{
    /// <summary>The card comes to the open page by itself; new ones may wait to be let in at a tap.</summary>
    public static async Task SeesTheOfferWithoutReloadAsync(IPage page, string jobId)
    {
        await page.EvaluateAsync("window.notReloaded = true");
        var card = page.Locator($"li.offer[data-job={jobId}]");
        var letIn = page.Locator("#new-jobs");
        await Wait.ForAsync(
            $"The card of {jobId} on the open page",
            Stack.Deadline,
            async _ =>
            {
                if (await letIn.IsVisibleAsync())
                {
                    await letIn.ClickAsync();
                }

                return await card.IsVisibleAsync() ? "seen" : null;
            },
            Stack.Cancelled);
        (await page.EvaluateAsync<bool>("window.notReloaded === true")).ShouldBeTrue("the page was reloaded");
    }

    public static async Task ClaimAsync(IPage page, string jobId)
    {
        var claim = page.Locator($"li.offer[data-job={jobId}] [data-action=claim]");
        await Wait.ForAsync(
            $"The claim of {jobId}",
            Stack.Deadline,
            async _ =>
            {
                if (!await claim.IsVisibleAsync())
                {
                    // A turn may end under the finger; the job comes back with the next one, or for all.
                    await page.ReloadAsync();
                    return null;
                }

                var answer = await page.RunAndWaitForResponseAsync(() => claim.ClickAsync(), r => r.Request.Method == "POST");
                return answer.Headers.TryGetValue("location", out var place) && place.EndsWith($"/work/{jobId}", StringComparison.Ordinal) ? "held" : null;
            },
            Stack.Cancelled);
        await page.WaitForURLAsync($"**/portal/work/{jobId}");
    }

    public static async Task TypeAndDeliverAsync(IPage page, string text)
    {
        await page.Locator("#text").PressSequentiallyAsync(text);
        (await page.InputValueAsync("#text")).ShouldBe(text);
        await page.ClickAsync("[data-action=deliver]");
        await page.WaitForURLAsync("**/portal/work");
    }

    public static async Task SeesEarningAsync(IPage page, StackDetails details, string jobId)
    {
        await Wait.ForAsync(
            $"The earning for {jobId}",
            Stack.Deadline,
            async _ =>
            {
                await page.GotoAsync($"{details.Portal}/earnings");
                return await page.Locator($"[data-earned={jobId}]").CountAsync() == 1 ? "seen" : null;
            },
            Stack.Cancelled);
        (await page.Locator("#sentence").InnerTextAsync()).ShouldNotBeEmpty();
        // Struck through is only what was taken back.
        (await page.Locator($"[data-earned={jobId}] .fee").EvaluateAsync<string>("fee => getComputedStyle(fee).textDecorationLine")).ShouldBe("none");
    }
}

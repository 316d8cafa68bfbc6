using Microsoft.Playwright;
using Zweizeiler.Client;
using Zweizeiler.Demo;

namespace Zweizeiler.SystemTests;

/// <summary>What a translator has typed is not lost: not with the server, not with the connection, not with the tab.</summary>
public sealed class Writing_through_a_crash : IDisposable
{
    private const string Source = "Guten Tag Frau Martin,\nIhr Paket kommt leider drei Tage später.";
    private const string First = "Bonjour Madame Martin,";
    private const string Second = " votre colis arrivera trois jours plus tard,";
    private const string Third = " probablement demain.";

    private readonly DataFolder _data = new();

    [Fact]
    public async Task Nothing_typed_is_lost_and_a_warning_goes_out_with_its_reason()
    {
        var port = LocalRun.FreePort();
        var run = await StartAsync(port);
        try
        {
            var details = await run.DetailsAsync(Stack.Cancelled);
            await using var browser = await Browser.StartAsync();
            Job job;
            IPage page;
            using (var merchant = new ZweizeilerClient(details.Gateway, details.Keys.Live))
            {
                job = await merchant.Jobs.CreateAsync(Merchant.Order("TYPED") with { Text = Source }, cancellationToken: Stack.Cancelled);
                await merchant.BecomesAsync(job.Id, JobState.Open);
                page = await browser.SignInAsync(details, "de", "fr");
                await Portal.ClaimAsync(page, job.Id);
            }

            await page.Locator("#text").PressSequentiallyAsync(First);
            await IsSavedAsync(page);

            Surviving_kill_9.Kill(details.ProcessesOf("marketplace").Single());
            await page.Locator("#text").PressSequentiallyAsync(Second);
            await Assertions.Expect(page.Locator("#saved[data-kind=trouble]")).ToBeVisibleAsync(Patience);
            await run.DisposeAsync();
            run = await StartAsync(port);

            // The page that stayed open saves by itself, as soon as there is somebody to save it.
            await IsSavedAsync(page);
            await page.ReloadAsync();
            (await page.InputValueAsync("#text")).ShouldBe(First + Second);

            // Without a connection, and then the tab is closed.
            await page.Context.SetOfflineAsync(true);
            await page.Locator("#text").PressAsync("Control+End");
            await page.Locator("#text").PressSequentiallyAsync(Third);
            var context = page.Context;
            var address = page.Url;
            await page.CloseAsync();
            await context.SetOfflineAsync(false);
            page = await context.NewPageAsync();
            await page.GotoAsync(address);
            await Assertions.Expect(page.Locator("#text")).ToHaveValueAsync(First + Second + Third, new() { Timeout = Patience.Timeout });
            await IsSavedAsync(page);

            await ConfirmsAndDeliversAsync(page, await run.DetailsAsync(Stack.Cancelled), job);
        }
        finally
        {
            await run.DisposeAsync();
        }
    }

    public void Dispose() => _data.Dispose();

    private static LocatorAssertionsToBeVisibleOptions Patience { get; } = new() { Timeout = (float)Stack.Deadline.TotalMilliseconds };

    /// <summary>The brief forbids to promise a delivery date, and the text says tomorrow: a warning that she sees while writing, at its place.</summary>
    private static async Task ConfirmsAndDeliversAsync(IPage page, StackDetails details, Job job)
    {
        await page.Locator("#text").PressAsync("Control+End");
        await page.Locator("#text").PressSequentiallyAsync(" ");
        var promise = page.Locator("[data-finding=may_promise]");
        await Assertions.Expect(promise).ToBeVisibleAsync(Patience);
        await page.ClickAsync("[data-action=deliver]");
        await Assertions.Expect(page.Locator("[data-writing=false] [data-finding=may_promise]")).ToBeVisibleAsync(Patience);
        await promise.Locator("[data-place]").ClickAsync();
        (await page.EvaluateAsync<string>("(t => t.value.slice(t.selectionStart, t.selectionEnd))(document.getElementById('text'))")).ShouldBe("demain");

        foreach (var reason in await page.Locator("[name^='because:']").AllAsync())
        {
            await reason.FillAsync("Only probably.");
        }

        await page.ClickAsync("[data-action=deliver]");
        await page.WaitForURLAsync("**/portal/work");
        using var merchant = new ZweizeilerClient(details.Gateway, details.Keys.Live);
        await merchant.BecomesAsync(job.Id, JobState.InReview);
        (await merchant.Jobs.ListDeliveriesAsync(job.Id, Stack.Cancelled)).ShouldHaveSingleItem().Text!.Trim().ShouldBe(First + Second + Third);
    }

    private static Task IsSavedAsync(IPage page) =>
        Assertions.Expect(page.Locator("#saved[data-kind=''] time")).ToBeVisibleAsync(new() { Timeout = 2 * Patience.Timeout });

    private Task<LocalRun> StartAsync(int port) => LocalRun.StartAsync(Checkout.Root, _data.Path, port, Stack.StartDeadline, Stack.Cancelled, null, "--no-build");
}

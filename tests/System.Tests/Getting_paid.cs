using Microsoft.Playwright;
using Zweizeiler.Client;
using Zweizeiler.Demo;

namespace Zweizeiler.SystemTests;

public sealed class Getting_paid(Stack stack)
{
    [Fact]
    public async Task Details_typed_in_the_portal_reach_billing_and_keep_the_money_back_no_longer()
    {
        using var merchant = stack.Merchant();
        // Six lines: 5.04 €, more than the least that is paid out.
        var job = await merchant.Jobs.CreateAsync(
            Merchant.Order("PAID-1") with { Source = "en", Target = "de", Text = string.Concat(Enumerable.Repeat("Your parcel is late. ", 15)) }, cancellationToken: Stack.Cancelled);
        await Merchant.DeliverAsync(stack.Details, job, string.Concat(Enumerable.Repeat("Ihr Paket kommt später. ", 15)));
        await merchant.BecomesAsync(job.Id, JobState.InReview);
        await merchant.Jobs.AcceptAsync(job.Id, new Acceptance(5), cancellationToken: Stack.Cancelled);

        await using var browser = await Browser.StartAsync();
        var page = await browser.SignInAsync(stack.Details, "en", "de");
        await OutlookAsync(page, "details_missing");
        await page.GotoAsync($"{stack.Details.Portal}/money/details");
        await page.FillAsync("[name='Form.LegalName']", "Erika Muster");
        await page.FillAsync("[name='Form.Street']", "Gartenweg 7");
        await page.FillAsync("[name='Form.PostCode']", "10115");
        await page.FillAsync("[name='Form.City']", "Berlin");
        await page.SelectOptionAsync("[name='Form.Country']", "DE");
        await page.CheckAsync("[value='small_business']");
        await page.FillAsync("[name='Form.TaxNumber']", "11/222/33333");
        await page.FillAsync("[name='Form.AccountHolder']", "Erika Muster");
        await page.FillAsync("[name='Form.Iban']", "DE89370400440532013001");
        await page.ClickAsync("[data-action=save-details]");
        await Assertions.Expect(page.Locator("[data-faults]")).ToHaveAttributeAsync("data-faults", "iban.invalid");
        await page.FillAsync("[name='Form.Iban']", "DE89 3704 0044 0532 0130 00");
        await page.ClickAsync("[data-action=save-details]");
        await page.WaitForURLAsync("**/portal/money");
        await OutlookAsync(page, "due");

        await page.GotoAsync($"{stack.Details.Portal}/money/details");
        (await page.InputValueAsync("[name='Form.Iban']")).ShouldBeEmpty();
        (await page.ContentAsync()).ShouldContain("DE89 … 3000");
    }

    /// <summary>The page says it as soon as Billing has heard of it.</summary>
    private async Task OutlookAsync(IPage page, string state) => await Wait.ForAsync(
        $"Outlook {state}",
        Stack.Deadline,
        async _ =>
        {
            await page.GotoAsync($"{stack.Details.Portal}/money");
            var outlook = page.Locator("#outlook");
            return await outlook.CountAsync() == 1 && await outlook.GetAttributeAsync("data-outlook") == state ? state : null;
        },
        Stack.Cancelled);
}

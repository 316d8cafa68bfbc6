using System.Diagnostics;
using System.Text.Json;
using Zweizeiler.Client;
using Zweizeiler.Demo;

namespace Zweizeiler.SystemTests;

/// <summary>The first of all stories: a merchant orders by API, a translator works in a browser, money moves, everybody hears of it.</summary>
public sealed class One_job_from_order_to_ledger(Stack stack)
{
    private const string Translation = "Bonjour Madame Martin,\nVotre colis arrivera malheureusement avec trois jours de retard. Nous reviendrons vers vous demain.";

    private static readonly string[] AllEvents = ["job.placed", "job.funded", "job.open", "job.claimed", "job.delivered", "job.accepted"];

    [Fact]
    public async Task It_goes_all_the_way()
    {
        using var activity = new Activity("one job").SetIdFormat(ActivityIdFormat.W3C).Start();
        activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        var startedAt = TimeProvider.System.GetUtcNow();
        using var merchant = stack.Merchant();
        await using var webhooks = await WebhookListener.StartAsync(Stack.Cancelled);
        var endpoint = await merchant.WebhookEndpoints.CreateAsync(new NewWebhookEndpoint(webhooks.Address), cancellationToken: Stack.Cancelled);
        webhooks.Trust(endpoint.Secret!);
        var balanceBefore = await merchant.Billing.GetBalanceAsync(Stack.Cancelled);
        await using var browser = await Browser.StartAsync();
        var page = await browser.SignInAsync(stack.Details, "de", "fr");

        var job = await merchant.Jobs.CreateAsync(Merchant.Order("SYSTEM-1"), cancellationToken: Stack.Cancelled);
        job.State.ShouldBe(JobState.Placed);
        (job.Price.Lines, job.Price.BilledLines, job.Price.RatePerLine, job.Price.Net, job.Price.Tax.Amount, job.Price.Gross).ShouldBe((2, 2, 120, 240, 46, 286));
        job.Promise.DeliverBy.ShouldBeGreaterThan(startedAt);

        await Portal.SeesTheOfferWithoutReloadAsync(page, job.Id);
        await merchant.BecomesAsync(job.Id, JobState.Open);
        await Portal.ClaimAsync(page, job.Id);
        (await merchant.BecomesAsync(job.Id, JobState.InProgress)).Translator.ShouldNotBeNull().DisplayName.ShouldNotBeNullOrEmpty();
        await Portal.TypeAndDeliverAsync(page, Translation);

        await merchant.BecomesAsync(job.Id, JobState.InReview);
        var delivery = (await merchant.Jobs.ListDeliveriesAsync(job.Id, Stack.Cancelled)).ShouldHaveSingleItem();
        (delivery.Text, delivery.Version).ShouldBe((Translation, 1));
        await HasMailAsync(job, startedAt);

        (await merchant.Jobs.AcceptAsync(job.Id, new Acceptance(5, "Merci !", true), cancellationToken: Stack.Cancelled)).State.ShouldBe(JobState.Accepted);
        await HasBookedAsync(merchant, job, balanceBefore);
        await HasHeardAsync(webhooks, job);
        await Portal.SeesEarningAsync(page, stack.Details, job.Id);
        await OneTraceShowsAsync(activity.TraceId.ToHexString());
        await merchant.WebhookEndpoints.DeleteAsync(endpoint.Id, Stack.Cancelled);
    }

    private async Task HasMailAsync(Job job, DateTimeOffset since)
    {
        var mails = new MailFolder(stack.Details.MailFolder.ShouldNotBeNull(), stack.Details.Translators);
        var mail = await Wait.ForAsync($"The mail about {job.Id}", Stack.Deadline, token => mails.FindAsync(job.Id, since, token), Stack.Cancelled);
        mail.To.ToString().ShouldContain("@rheinfaden.example");
        mail.TextBody.ShouldNotBeNull().ShouldNotContain("Votre colis", Shouldly.Case.Insensitive, "a mail never carries a text");
    }

    private static async Task HasBookedAsync(ZweizeilerClient merchant, Job job, Balance before)
    {
        var entries = await merchant.LedgerAsync(job.Id, "reservation", "charge");
        entries.ShouldAllBe(e => e.Postings.Sum(p => p.Amount) == 0 && e.Postings.Count >= 2);
        var reservation = entries.Single(e => e.Kind == "reservation");
        reservation.Postings.ShouldBe([new("merchant_balance", -286), new("merchant_reserved", 286)], ignoreOrder: true);
        var charge = entries.Single(e => e.Kind == "charge");
        charge.Postings.ShouldBe([new("merchant_reserved", -286), new("revenue", 240), new("tax", 46)], ignoreOrder: true);
        var after = await merchant.Billing.GetBalanceAsync(Stack.Cancelled);
        (after.Available, after.Reserved).ShouldBe((before.Available - 286, before.Reserved));
        after.OpenInvoice!.Lines.ShouldBe(before.OpenInvoice!.Lines + 1);
    }

    private static async Task HasHeardAsync(WebhookListener webhooks, Job job)
    {
        var heard = await Wait.ForAsync(
            $"The webhook job.accepted of {job.Id}",
            Stack.Deadline,
            _ => Task.FromResult(webhooks.Of(job.Id) is { } all && all.Any(m => m.Type == "job.accepted") ? all : null),
            Stack.Cancelled);
        heard.Select(m => m.Type).ShouldBe(AllEvents);
        heard.Select(m => m.Job!.Sequence).ShouldBe([1, 2, 3, 4, 5, 6]);
        heard.ShouldAllBe(m => m.Id.StartsWith("evt_") && m.Job!.Reference == "SYSTEM-1");
        webhooks.Refused.ShouldBe(0);
    }

    private async Task OneTraceShowsAsync(string traceId)
    {
        string[] expected = ["gateway", "orders", "billing", "marketplace", "notifications"];
        using var http = new HttpClient();
        var services = await Wait.ForAsync(
            $"Trace {traceId} across all services",
            Stack.Deadline,
            async token =>
            {
                using var response = await http.GetAsync(new Uri($"{stack.Details.Telemetry}/{traceId}"), token);
                if (!response.IsSuccessStatusCode)
                {
                    return null;
                }

                using var trace = JsonDocument.Parse(await response.Content.ReadAsStringAsync(token));
                var names = trace.RootElement.GetProperty("spans").EnumerateArray().Select(s => s.GetProperty("service").GetString()!).ToHashSet();
                return expected.All(names.Contains) ? names : null;
            },
            Stack.Cancelled);
        services.ShouldBe(expected, ignoreOrder: true);
    }
}

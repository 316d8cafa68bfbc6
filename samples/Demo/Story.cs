using Zweizeiler.Client;

namespace Zweizeiler.Demo;

/// <summary>The merchant's afternoon: sign up for webhooks, send every sample through the stack, look at the books.</summary>
internal sealed class Story(StackDetails details, TextWriter output)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly Printer _printer = new(output, TimeProvider.System);

    public async Task PlayAsync(IReadOnlyList<Sample> samples, CancellationToken cancellationToken)
    {
        using var merchant = new ZweizeilerClient(details.Gateway, details.Keys.Live);
        using var translators = new Translators(details);
        await using var webhooks = await WebhookListener.StartAsync(cancellationToken);
        _printer.Line($"Zweizeiler's demo: {samples.Count} jobs through {details.Gateway.AbsoluteUri.TrimEnd('/')}");

        var before = await merchant.Billing.GetBalanceAsync(cancellationToken);
        PrintBalance("Balance before", before);
        var endpoint = await merchant.WebhookEndpoints.CreateAsync(new NewWebhookEndpoint(webhooks.Address), cancellationToken: cancellationToken);
        webhooks.Trust(endpoint.Secret ?? throw new DemoException("The new webhook endpoint came without its secret."));
        _printer.Line($"Webhooks go to {webhooks.Address}, signed; each is verified on arrival");
        try
        {
            webhooks.Arrived = m => _printer.Step("webhook", $"{m.Type} ({m.Job?.State}), signature verified");
            var story = new JobStory(details, merchant, webhooks, translators, _printer);
            for (var i = 0; i < samples.Count; i++)
            {
                var job = samples[i].Job;
                _printer.Heading($"{i + 1} of {samples.Count}: {samples[i].Title}, {job.Source} → {job.Target}, {job.Reference}");
                await story.PlayAsync(samples[i], cancellationToken);
            }

            await CloseAsync(merchant, translators, webhooks, before, samples.Count, cancellationToken);
        }
        finally
        {
            webhooks.Arrived = null;
            // The listener ends with the demo; the endpoint must not go on knocking at a closed port.
            await merchant.WebhookEndpoints.DeleteAsync(endpoint.Id, CancellationToken.None);
        }
    }

    private async Task CloseAsync(
        ZweizeilerClient merchant, Translators translators, WebhookListener webhooks, Balance before, int jobs, CancellationToken cancellationToken)
    {
        _printer.Heading("The books");
        var after = await Wait.ForAsync(
            "The release of the last reservation",
            Deadline,
            async token => await merchant.Billing.GetBalanceAsync(token) is { } balance && balance.Reserved == before.Reserved ? balance : null,
            cancellationToken);
        PrintBalance("  Balance after ", after);
        _printer.Line($"  Spent          {Printer.Money(before.Available - after.Available, after.Currency)} for {jobs} jobs");
        foreach (var translator in translators.SignedIn)
        {
            _printer.Line($"  {translator.Translator.Email}: “{await translator.EarningsAsync(cancellationToken)}”");
        }

        if (webhooks.Refused > 0)
        {
            throw new DemoException($"{webhooks.Refused} webhooks had no valid signature.");
        }
    }

    private void PrintBalance(string what, Balance balance) =>
        _printer.Line($"{what}: {Printer.Money(balance.Available, balance.Currency)} available, {Printer.Money(balance.Reserved, balance.Currency)} reserved");
}

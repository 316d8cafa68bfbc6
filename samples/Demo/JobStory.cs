using System.Diagnostics;
using System.Globalization;
using Zweizeiler.Client;

namespace Zweizeiler.Demo;

/// <summary>One job from the merchant's order to the booked ledger entry, each step waited for with a deadline and printed as it happens.</summary>
internal sealed class JobStory(
    StackDetails details, ZweizeilerClient merchant, WebhookListener webhooks, Translators translators, Printer printer)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>What the merchant's endpoint must have heard, in this order, when a job went well.</summary>
    private static readonly string[] AllEvents = ["job.placed", "job.funded", "job.open", "job.claimed", "job.delivered", "job.accepted"];

    public async Task PlayAsync(Sample sample, CancellationToken cancellationToken)
    {
        // Every call below carries this activity's trace, so that one trace holds the whole story.
        using var activity = new Activity("demo job").SetIdFormat(ActivityIdFormat.W3C).Start();
        activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        var startedAt = TimeProvider.System.GetUtcNow();

        var job = await merchant.Jobs.CreateAsync(sample.Job, cancellationToken: cancellationToken);
        var price = job.Price;
        printer.Step("placed", string.Create(
            CultureInfo.InvariantCulture,
            $"{job.Id}, {price.Characters} characters, {price.BilledLines} lines × {Printer.Money(price.RatePerLine, price.Currency)} × {price.UrgencyFactor:0.00} = {Printer.Money(price.Net, price.Currency)} net, {Printer.Money(price.Gross, price.Currency)} gross; promised by {job.Promise.DeliverBy:HH:mm} UTC"));

        var translator = await translators.ForAsync(job.Source, job.Target, cancellationToken);
        await StateAsync(job.Id, JobState.Open, cancellationToken);
        await Wait.ForAsync($"The offer of {job.Id} to {translator.Translator.Email}", Deadline, async token => await translator.SeesAsync(job.Id, token) ? "seen" : null, cancellationToken);
        printer.Step("offered", $"to {translator.Translator.Email} in the portal");
        await translator.ClaimAsync(job.Id, Deadline, cancellationToken);
        printer.Step("claimed", $"by {translator.Translator.Email}");
        await translator.DeliverAsync(job.Id, sample.Translation, cancellationToken);
        printer.Step("delivered", "in the workbench");

        await StateAsync(job.Id, JobState.InReview, cancellationToken);
        var delivery = (await merchant.Jobs.ListDeliveriesAsync(job.Id, cancellationToken))[^1];
        Demand(delivery.Text == sample.Translation, $"The delivery of {job.Id} is not what the translator wrote.");
        printer.Step("received", $"“{FirstWords(delivery.Text ?? "")}”");

        if (details.MailFolder is { } folder)
        {
            var mails = new MailFolder(folder, details.Translators);
            var mail = await Wait.ForAsync($"The e-mail about {job.Id}", Deadline, token => mails.FindAsync(job.Id, startedAt, token), cancellationToken);
            printer.Step("e-mail", $"to {mail.To}: “{mail.Subject}”");
        }
        else
        {
            printer.Step("e-mail", $"see {details.MailPages}");
        }

        await merchant.Jobs.AcceptAsync(job.Id, new Acceptance(Rating: 5, Thanks: "Merci, grazie, thank you!"), cancellationToken: cancellationToken);
        await StateAsync(job.Id, JobState.Accepted, cancellationToken);
        printer.Step("accepted", "by the merchant, 5 of 5 stars");

        await LedgerAsync(job, cancellationToken);
        await EventsAsync(job.Id, cancellationToken);
        if (details.TraceUrl(activity.TraceId.ToHexString()) is { } trace)
        {
            printer.Step("trace", trace.AbsoluteUri);
        }
    }

    private async Task StateAsync(string jobId, string state, CancellationToken cancellationToken) =>
        await Wait.ForAsync(
            $"State {state} of {jobId}",
            Deadline,
            async token => await merchant.Jobs.GetAsync(jobId, token) switch
            {
                { State: JobState.PaymentRequired } => throw new DemoException("The demo merchant's balance does not cover the job; './run --fresh' starts with a new one."),
                { } job when job.State == state => job,
                _ => null,
            },
            cancellationToken);

    private async Task LedgerAsync(Job job, CancellationToken cancellationToken)
    {
        var entries = await Wait.ForAsync(
            $"The charge of {job.Id}",
            Deadline,
            async token => (await merchant.Billing.ListLedgerAsync(job.Id, cancellationToken: token)).Data is { } data && data.Any(e => e.Kind == "charge") ? data : null,
            cancellationToken);
        foreach (var entry in entries.Reverse())
        {
            Demand(entry.Postings.Sum(p => p.Amount) == 0, $"Ledger entry {entry.Id} does not balance.");
            var postings = string.Join(", ", entry.Postings.Select(p => $"{p.Account} {(p.Amount > 0 ? "+" : "")}{Printer.Money(p.Amount, entry.Currency)}"));
            printer.Step("booked", $"{entry.Kind}: {postings}; sum 0.00");
        }
    }

    private async Task EventsAsync(string jobId, CancellationToken cancellationToken)
    {
        var heard = await Wait.ForAsync(
            $"The last webhook about {jobId}",
            Deadline,
            token => Task.FromResult(webhooks.Of(jobId) is { } messages && messages.Any(m => m.Type == AllEvents[^1]) ? messages : null),
            cancellationToken);
        var order = heard.Select(m => m.Type).ToList();
        Demand(order.SequenceEqual(AllEvents), $"The webhooks about {jobId} came as {string.Join(", ", order)}, not as {string.Join(", ", AllEvents)}.");
    }

    private static void Demand(bool isTrue, string otherwise)
    {
        if (!isTrue)
        {
            throw new DemoException(otherwise);
        }
    }

    private static string FirstWords(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 70 ? line : line[..line.LastIndexOf(' ', 70)] + " …";
    }
}

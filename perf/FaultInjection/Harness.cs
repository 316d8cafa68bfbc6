using System.Globalization;
using Zweizeiler.Client;
using Zweizeiler.Demo;
using Zweizeiler.FaultInjection.Faults;
using Zweizeiler.FaultInjection.Oracle;
using Zweizeiler.FaultInjection.Running;
using Zweizeiler.FaultInjection.Traffic;

namespace Zweizeiler.FaultInjection;

/// <summary>One run: start, traffic and faults, quiet, papers, verdict.</summary>
internal sealed class Harness(Options options, TextWriter output)
{
    private const int Merchants = 5;
    private const int MostUnderWay = 40;

    private static readonly TimeSpan WarmUpDeadline = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PaperDeadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(25);

    private readonly long _started = TimeProvider.System.GetTimestamp();

    /// <summary>What a sabotage has lost never comes, however long it is waited for.</summary>
    private TimeSpan QuietDeadline => TimeSpan.FromMinutes(options.Sabotage is null ? 4 : 1);

    /// <returns>Whether everything that must be true is.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("zweizeiler-faults-").FullName;
        try
        {
            using var mails = new MailSink();
            await using var receiver = await WebhookReceiver.StartAsync(cancellationToken);
            Say($"seed {options.Seed}, {options.Minutes} min, {(options.Sabotage is { } s ? $"sabotage {s.Name}: {s.Explanation}" : "no sabotage")}");
            await using var stack = await StartAsync(data, mails.Port, cancellationToken);
            Say("the stack is up");
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            try
            {
                return await RunAsync(stack, receiver, mails, over.Token);
            }
            finally
            {
                // Also when the run failed: nothing may start again what the stack's end stops.
                await over.CancelAsync();
            }
        }
        finally
        {
            if (options.Keep)
            {
                Say($"the data stays in {data}");
            }
            else
            {
                Directory.Delete(data, recursive: true);
            }
        }
    }

    /// <summary>Servers draw ports for themselves, which may be taken by the time they use them: once more then, with others.</summary>
    private async Task<StackUnderTest> StartAsync(string data, int smtpPort, CancellationToken cancellationToken)
    {
        try
        {
            return await StackUnderTest.StartAsync(data, smtpPort, cancellationToken);
        }
        catch (DemoException e)
        {
            Say(e.Message);
            return await StackUnderTest.StartAsync(data, smtpPort, cancellationToken);
        }
    }

    private async Task<bool> RunAsync(StackUnderTest stack, WebhookReceiver receiver, MailSink mails, CancellationToken cancellationToken)
    {
        var bus = new Bus(stack);
        await Instruments.InstallAsync(stack, cancellationToken);
        await bus.CopyAsync(cancellationToken);
        if (options.Sabotage is { } sabotage)
        {
            await sabotage.CommitAsync(stack, cancellationToken);
        }

        var (journal, market) = (new Journal(), new Market(MostUnderWay));
        await PrepareAsync(stack, receiver, cancellationToken);
        var monthEnd = new MonthEnd(stack);
        var faults = new FaultList(stack, receiver, mails, monthEnd);
        var random = new Random(options.Seed);
        var schedule = new Schedule(random, new Deck(random, faults.All, options.First), Say);
        var ledger = new LedgerWatch(stack.Databases["billing"]);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = ledger.WatchAsync(ending.Token);
        var traffic = await StartTrafficAsync(stack, journal, market, cancellationToken);
        var counting = CountAsync(stack, market, ending.Token);

        await Wait.ForAsync(
            "The first acceptance",
            WarmUpDeadline,
            _ => Task.FromResult(journal.Deeds.Any(d => d.Kind == "job.accepted") ? "there" : null), cancellationToken);
        Say("the first job is accepted; faults begin");
        await schedule.RunAsync(options.Duration, cancellationToken);
        market.Phase = Phase.Closing;
        await faults.UndoneAsync();
        Say("everything is up again; what was begun is finished");
        await Task.Delay(Closing, cancellationToken);
        market.Phase = Phase.Closed;
        await Task.WhenAll(traffic);
        Say(Invariant($"traffic has ended: {journal.Orders.Count} orders, {journal.Attempts.All} calls, {journal.Attempts.Unknown} without an answer"));

        var quiet = new Quiet(stack, bus);
        await quiet.WaitAsync(QuietDeadline, cancellationToken);
        Say("quiet; the last month is put on paper");
        await monthEnd.RunAsync(cancellationToken);
        await TryAsync(() => quiet.PapersAsync(PaperDeadline, cancellationToken));
        var left = await quiet.WaitAsync(QuietDeadline, cancellationToken);
        await ledger.LookAsync(cancellationToken);
        await ending.CancelAsync();
        await Task.WhenAll(watching, counting);

        var collector = new Collector(stack, bus);
        var evidence = await collector.CollectAsync(journal, receiver, ledger.Snapshots, left, cancellationToken);
        await ReportAsync(collector, evidence, schedule, receiver, mails, cancellationToken);
        var checks = Checks.All(evidence);
        await output.WriteLineAsync(Verdict.Table(checks));
        return Verdict.IsGood(checks);
    }

    private static async Task PrepareAsync(StackUnderTest stack, WebhookReceiver receiver, CancellationToken cancellationToken)
    {
        using var merchant = new ZweizeilerClient(stack.Details.Gateway, stack.Details.Keys.Live);
        var endpoint = await merchant.WebhookEndpoints.CreateAsync(new NewWebhookEndpoint(receiver.Address), cancellationToken: cancellationToken);
        receiver.Trust(endpoint.Secret ?? throw new DemoException("The new webhook endpoint came without its secret."));
        // Without an address there is no invoice.
        var profile = await Wait.ForAsync(
            "The billing profile",
            TimeSpan.FromSeconds(30),
            async token =>
            {
                try
                {
                    return await merchant.Billing.GetProfileAsync(token);
                }
                catch (ApiException)
                {
                    return null;
                }
            },
            cancellationToken);
        await merchant.Billing.ReplaceProfileAsync(
            profile.ETag!, new NewBillingProfile { LegalName = "Rheinfaden GmbH", Street = "Am Deich 1", PostCode = "50667", City = "Köln" }, cancellationToken);
    }

    private async Task<List<Task>> StartTrafficAsync(StackUnderTest stack, Journal journal, Market market, CancellationToken cancellationToken)
    {
        var people = (await stack.Databases["marketplace"].ListAsync("SELECT lower(email), id FROM accounts", r => (r.GetString(0), r.GetGuid(1)), cancellationToken))
            .ToDictionary(p => p.Item1, p => p.Item2, StringComparer.Ordinal);
        var details = stack.Details;
        return
        [
            .. Enumerable.Range(1, Merchants).Select(n => new Merchant(n, options.Seed + n, details.Gateway, details.Keys.Live, journal, market).WorkAsync(cancellationToken)),
            .. details.Translators.Where(t => t.Translates("de", "fr")).Select((t, n) =>
                new Translator(options.Seed + 100 + n, details.Portal, t, people[t.Email.ToLowerInvariant()], journal, market).WorkAsync(cancellationToken)),
        ];
    }

    /// <summary>Tells the market what is still unfinished, as the service itself has it.</summary>
    private static async Task CountAsync(StackUnderTest stack, Market market, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);
                market.Unfinished(await stack.Databases["orders"].ListAsync(
                    "SELECT id FROM jobs WHERE state IN ('placed', 'open', 'in_progress', 'on_hold', 'in_revision')", r => ServiceDefaults.PublicId.Format("job", r.GetGuid(0)), cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private async Task ReportAsync(
        Collector collector, Evidence evidence, Schedule schedule, WebhookReceiver receiver, MailSink mails, CancellationToken cancellationToken)
    {
        var (arrivals, effects) = await collector.DeliveriesAsync(cancellationToken);
        Say(Invariant($"{evidence.Jobs.Count} jobs: {Counts(evidence.Jobs.Select(j => j.State))}"));
        Say(Invariant($"{evidence.Changes.Count} events: {Counts(evidence.Changes.Select(c => c.Type))}"));
        Say(Invariant($"{arrivals} messages came to consumers, {arrivals - effects} of them again or in vain; {receiver.Heard.Count} webhooks accepted; {mails.Taken} mails"));
        Say(Invariant($"{schedule.Done.Values.Sum()} faults: {string.Join(", ", schedule.Done.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => $"{d.Value} {d.Key}"))}"));
    }

    private static string Counts(IEnumerable<string> names) =>
        string.Join(", ", names.GroupBy(n => n).OrderByDescending(g => g.Count()).Select(g => Invariant($"{g.Count()} {g.Key}")));

    private async Task TryAsync(Func<Task> wait)
    {
        try
        {
            await wait();
        }
        catch (DemoException e)
        {
            Say(e.Message);
        }
    }

    private void Say(string text) => output.WriteLine(Invariant($"[{TimeProvider.System.GetElapsedTime(_started).TotalSeconds,6:0.0} s] {text}"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Diagnostics;
using Zweizeiler.Client;
using Zweizeiler.Demo;

namespace Zweizeiler.SystemTests;

/// <summary>Whatever is killed in the middle of a job: nothing is lost, nothing happens twice, and the next start goes on where it stopped.</summary>
public sealed class Surviving_kill_9 : IDisposable
{
    private static readonly string[] Services = ["billing", "marketplace", "notifications", "orders", "gateway"];

    private readonly DataFolder _data = new();

    [Fact]
    public async Task Each_service_in_turn_may_die_and_every_order_is_done_once()
    {
        var port = LocalRun.FreePort();
        var run = await StartAsync(port);
        try
        {
            foreach (var service in Services)
            {
                var details = await run.DetailsAsync(Stack.Cancelled);
                var options = new CallOptions($"killed-{service}");
                var order = Merchant.Order($"KILLED-{service}");
                Kill(details.ProcessesOf(service).Single());
                using (var hasty = new ZweizeilerClient(details.Gateway, details.Keys.Live, new ZweizeilerClientOptions { MaxRetries = 0 }))
                {
                    var isAnswered = await TryAsync(() => hasty.Jobs.CreateAsync(order, options, Stack.Cancelled));
                    isAnswered.ShouldBe(service is not ("orders" or "gateway"), $"order intake while {service} is down");
                }

                await run.DisposeAsync();
                run = await StartAsync(port);

                using var merchant = new ZweizeilerClient(details.Gateway, details.Keys.Live);
                var job = await merchant.Jobs.CreateAsync(order, options, Stack.Cancelled);
                await merchant.BecomesAsync(job.Id, JobState.Open);
                (await merchant.Jobs.ListAsync(new JobFilter(Reference: order.Reference), cancellationToken: Stack.Cancelled)).Data.ShouldHaveSingleItem();
                (await merchant.LedgerAsync(job.Id, "reservation")).ShouldHaveSingleItem();
                await HasLoggedAsync(merchant, job.Id, "job.placed", "job.funded", "job.open");
            }
        }
        finally
        {
            await run.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_whole_stack_may_die_between_delivery_and_charge_and_fresh_forgets_it_all()
    {
        var port = LocalRun.FreePort();
        Job job;
        await using (var run = await StartAsync(port))
        {
            var details = await run.DetailsAsync(Stack.Cancelled);
            using var merchant = new ZweizeilerClient(details.Gateway, details.Keys.Live);
            job = await merchant.Jobs.CreateAsync(Merchant.Order("STACK-KILLED"), cancellationToken: Stack.Cancelled);
            await merchant.BecomesAsync(job.Id, JobState.Open);
            await Merchant.DeliverAsync(details, job, "Bonjour Madame Martin, votre colis arrivera trois jours plus tard.");
            await merchant.BecomesAsync(job.Id, JobState.InReview);
            await merchant.Jobs.AcceptAsync(job.Id, cancellationToken: Stack.Cancelled);

            // The acceptance is stored; whether anybody else has heard of it yet is left to chance.
            Kill(details.AppHost);
            var all = Stack.AllProcesses(details);
            await Wait.ForAsync("The end of all processes", Stack.Deadline, _ => Task.FromResult(all.Any(Stack.IsRunning) ? null : "ended"), Stack.Cancelled);
        }

        await using (var run = await StartAsync(port))
        {
            var details = await run.DetailsAsync(Stack.Cancelled);
            using var merchant = new ZweizeilerClient(details.Gateway, details.Keys.Live);
            await merchant.BecomesAsync(job.Id, JobState.Accepted);
            var entries = await merchant.LedgerAsync(job.Id, "reservation", "charge");
            entries.Select(e => e.Kind).ShouldBe(["reservation", "charge"], ignoreOrder: true);
            await HasLoggedAsync(merchant, job.Id, "job.placed", "job.funded", "job.open", "job.claimed", "job.delivered", "job.accepted");
        }

        await using (var run = await StartAsync(port, "--fresh"))
        {
            var details = await run.DetailsAsync(Stack.Cancelled);
            using var merchant = new ZweizeilerClient(details.Gateway, details.Keys.Live);
            (await merchant.Jobs.ListAsync(cancellationToken: Stack.Cancelled)).Data.ShouldBeEmpty();
            Directory.EnumerateFiles(details.MailFolder!, "*.eml", SearchOption.AllDirectories).ShouldNotContain(f => File.ReadAllText(f).Contains(job.Id));
        }
    }

    public void Dispose() => _data.Dispose();

    private Task<LocalRun> StartAsync(int port, params string[] arguments) =>
        LocalRun.StartAsync(Checkout.Root, _data.Path, port, Stack.StartDeadline, Stack.Cancelled, null, ["--no-build", .. arguments]);

    internal static void Kill(int process)
    {
        using var found = Process.GetProcessById(process);
        found.Kill();
    }

    private static async Task<bool> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (Exception e) when (e is ApiException or HttpRequestException)
        {
            return false;
        }
    }

    private static async Task HasLoggedAsync(ZweizeilerClient merchant, string jobId, params string[] types) => await Wait.ForAsync(
        $"The events {string.Join(", ", types)} of {jobId}",
        Stack.Deadline,
        async token =>
        {
            var page = await merchant.Events.ListAsync(new EventFilter(JobId: jobId), limit: 100, cancellationToken: token);
            return page.Data.Select(e => e.Type).SequenceEqual(types) ? "logged" : null;
        },
        Stack.Cancelled);
}

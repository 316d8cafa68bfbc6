using System.Diagnostics;
using System.Globalization;
using Zweizeiler.Outbox;
using Zweizeiler.Testing;

// Measures the outbox against MassTransit's bare publishing with confirms: Outbox [--seconds 10] [--writers 32] [--rounds 3] [--rows 50000]
if (args is ["--help" or "-h"])
{
    Console.WriteLine("""
        Outbox [--seconds 10] [--writers 32] [--rounds 3] [--rows 50000]

        On a PostgreSQL and a RabbitMQ of its own, in turns: bare publishing, publishing with the context's changes, publishing as an order does, and rows that a relay finds when it comes
        back. Results belong into perf/RESULTS.md.
        """);
    return 0;
}

var (seconds, writers, rounds, rows) = (Number("--seconds", 10), Number("--writers", 32), Number("--rounds", 3), Number("--rows", 50_000));
await using var servers = new TestServers();
await using var service = await Publishing.StartAsync(servers);

// Just-in-time compilation is not what is measured.
foreach (var publish in (Func<Task>[])[service.PublishBareAsync, service.PublishSavingAsync, service.PublishAddingAsync])
{
    await PublishAsync(publish, 5);
    await EmptyAsync();
}

for (var round = 1; round <= rounds; round++)
{
    var bare = await PublishAsync(service.PublishBareAsync, seconds);
    Console.WriteLine(Invariant($"Round {round}: bare publishing with confirms {bare:0}/s"));
    await CompareAsync("with the context's changes", service.PublishSavingAsync, bare);
    await CompareAsync("as an order does", service.PublishAddingAsync, bare);
    await service.LeaveBehindAsync(rows);
    var clock = Stopwatch.StartNew();
    var before = service.Confirmed;
    await service.ResumeAsync();
    await Eventually.Within(TimeSpan.FromMinutes(5), () => service.Confirmed - before >= rows, "the last row");
    Console.WriteLine(Invariant($"  {rows} rows found: {rows / clock.Elapsed.TotalSeconds:0}/s relayed, {rows / clock.Elapsed.TotalSeconds / bare:0.00} of bare"));
    await EmptyAsync();
}

return 0;

async Task CompareAsync(string how, Func<Task> publish, double bare)
{
    var (before, clock) = (service.Confirmed, Stopwatch.StartNew());
    var committed = await PublishAsync(publish, seconds);
    var (relayed, waiting) = ((service.Confirmed - before) / clock.Elapsed.TotalSeconds, await service.WaitingAsync());
    await EmptyAsync();
    Console.WriteLine(Invariant($"  {how}: {committed:0}/s committed, {relayed:0}/s relayed meanwhile ({relayed / bare:0.00} of bare), {waiting} waiting at the end"));
}

async Task<double> PublishAsync(Func<Task> publish, int forSeconds)
{
    var (clock, published) = (Stopwatch.StartNew(), 0);
    await Task.WhenAll(Enumerable.Range(0, writers).Select(async _ =>
    {
        while (clock.Elapsed.TotalSeconds < forSeconds)
        {
            await publish();
            Interlocked.Increment(ref published);
        }
    }));
    return published / clock.Elapsed.TotalSeconds;
}

Task EmptyAsync() => Eventually.Within(TimeSpan.FromMinutes(2), async () => await service.WaitingAsync() == 0, "the empty outbox");

int Number(string name, int otherwise) =>
    Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

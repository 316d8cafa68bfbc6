using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using MassTransit;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Load;
using Zweizeiler.Testing;
using Zweizeiler.Webhooks;

// Measures Notifications on a PostgreSQL and a RabbitMQ of its own: Webhooks <Zweizeiler.Notifications.dll> [--deliveries 200000] [--orders <Zweizeiler.Orders.dll>] [--only …]
if (args is [] or ["--help" or "-h"])
{
    Console.WriteLine("""
        Webhooks <path of Zweizeiler.Notifications.dll> [--deliveries 200000] [--orders <path of Zweizeiler.Orders.dll>] [--only orders|delivered|hanging|throughput] [--rate 100]

        Results belong into perf/RESULTS.md. With --orders jobs are placed in Orders too, and the way from there to the receiver is measured; and 100 deliveries a second are told to
        Orders, as the marketplace does, and the way from there to the receiver is measured.
        """);
    return args.Length == 0 ? 2 : 0;
}

const int PerSecond = 50;
var deliveries = int.Parse(Option("--deliveries") ?? "200000", CultureInfo.InvariantCulture);
var time = TimeProvider.System;
await using var receiver = new Receiver(time);
await receiver.StartAsync();
await using var service = new ServiceUnderTest();
await service.StartAsync(Path.GetFullPath(args[0]));

await BareAsync(TimeSpan.FromSeconds(2));
var bare = await BareAsync(TimeSpan.FromSeconds(8));
Console.WriteLine(Invariant($"A bare HttpClient loop, 64 side by side: {bare:0} requests/s"));
if (Option("--orders") is { } orders && (Wanted("orders") || Wanted("delivered")))
{
    await service.CreateEndpointAsync(await service.StartOrdersAsync(Path.GetFullPath(orders)), $"{receiver.Url}/hook");
    if (Wanted("orders"))
    {
        await FromOrdersAsync();
    }

    if (Wanted("delivered"))
    {
        await DeliveredAsync();
    }
}

if (Wanted("hanging"))
{
    await LatencyAsync();
}

if (Wanted("throughput"))
{
    await ThroughputAsync();
}

return 0;

bool Wanted(string part) => Option("--only") is not { } only || only == part;

string? Option(string name) => Array.IndexOf(args, name) is > 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

async Task<double> BareAsync(TimeSpan duration)
{
    receiver.Reset();
    using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false });
    var body = new byte[250];
    var clock = Stopwatch.StartNew();
    await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
    {
        while (clock.Elapsed < duration)
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var answer = await http.PostAsync(new Uri($"{receiver.Url}/bare"), content);
        }
    }));
    return receiver.Count / clock.Elapsed.TotalSeconds;
}

async Task ThroughputAsync()
{
    var merchant = Guid.CreateVersion7(time.GetUtcNow());
    var endpoint = await service.CreateEndpointAsync(merchant, $"{receiver.Url}/hook");
    await service.SayAsync(merchant, endpoint, "pause");
    await service.ExecuteAsync($"""
        INSERT INTO events (id, merchant_id, mode, job_id, sequence, type, state, reference, occurred_at, told_at, number)
        SELECT gen_random_uuid(), '{merchant}', 'live', gen_random_uuid(), 1, 'job.placed', 'placed', 'ORDER-' || i, now(), now() + i * interval '1 microsecond', i
        FROM generate_series(1, {deliveries}) i;
        INSERT INTO webhook_deliveries (id, endpoint_id, event_id, job_id, sequence, state, attempts, failures, due_at, created_at)
        SELECT gen_random_uuid(), (SELECT id FROM webhook_endpoints WHERE merchant_id = '{merchant}'), id, job_id, 1, 'waiting', 0, 0, now(), now()
        FROM events WHERE merchant_id = '{merchant}';
        """);
    receiver.Reads = false;
    receiver.Reset();
    var clock = Stopwatch.StartNew();
    await service.SayAsync(merchant, endpoint, "resume");
    for (var step = 1; step <= 10; step++)
    {
        await Eventually.Within(TimeSpan.FromMinutes(4), () => receiver.Count >= deliveries * step / 10, $"{step * 10} %");
        Console.WriteLine(Invariant($"{receiver.Count} deliveries after {clock.Elapsed.TotalSeconds:0.0} s, {service.Memory:0.0} MiB resident"));
    }

    Console.WriteLine(Invariant($"Throughput: {deliveries / clock.Elapsed.TotalSeconds:0} deliveries/s, {deliveries / clock.Elapsed.TotalSeconds / bare:0.00} of the bare loop"));
}

async Task LatencyAsync()
{
    const int Endpoints = 100;
    var bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(service.Broker));
    await bus.StartAsync();
    var merchants = Enumerable.Range(0, Endpoints).Select(_ => Guid.CreateVersion7(time.GetUtcNow())).ToList();
    var endpoints = new List<string>();
    foreach (var merchant in merchants)
    {
        endpoints.Add(await service.CreateEndpointAsync(merchant, $"{receiver.Url}/hook"));
    }

    receiver.Reads = true;
    // One more merchant whose endpoint never answers, with as many events as each of the others. The two take turns, in mirrored order, so that neither bears more of
    // a cold process or of what else the machine does.
    var hanging = Guid.CreateVersion7(time.GetUtcNow());
    var endpoint = await service.CreateEndpointAsync(hanging, $"{receiver.Url}/hang");
    await service.SayAsync(hanging, endpoint, "pause");
    await PublishAsync(bus, merchants, 20);
    List<TimeSpan> without = [], with = [];
    foreach (var hangs in new[] { false, true, true, false, false, true, true, false })
    {
        await service.SayAsync(hanging, endpoint, hangs ? "resume" : "pause");
        (hangs ? with : without).AddRange(await MeasureAsync(hangs ? [hanging, .. merchants.Skip(1)] : merchants, hangs));
    }

    Print("100 endpoints, all rounds", without);
    Print("99 endpoints and one that hangs, all rounds", with);
    Console.WriteLine(Invariant($"p99 with a hanging endpoint: {P99(with) / P99(without):0.00} of the p99 without"));
    await bus.StopAsync();

    async Task<IReadOnlyList<TimeSpan>> MeasureAsync(IReadOnlyList<Guid> who, bool hangs)
    {
        const int Seconds = 15;
        receiver.Reset();
        await PublishAsync(bus, who, Seconds);
        const int sent = Seconds * PerSecond;
        var expected = sent - (hangs ? (sent + who.Count - 1) / who.Count : 0);
        await Eventually.Within(TimeSpan.FromSeconds(30), () => receiver.Count >= expected, "all of them");
        var ages = receiver.Ages.ToList();
        Print(hangs ? "99 endpoints and one that hangs" : "100 endpoints", ages);
        return ages;
    }
}

// What an event says of when it happened is the moment before Orders commits, so the way from the commit on is a little shorter than what is printed.
async Task FromOrdersAsync()
{
    receiver.Reads = true;
    // Processes that have just begun compile what they do for the first time; that is not what is measured.
    foreach (var (seconds, what) in new[] { (45, "the first ones"), (30, "all of them") })
    {
        receiver.Reset();
        await PlaceAsync(PerSecond, seconds * PerSecond);
        await Eventually.Within(TimeSpan.FromSeconds(30), () => receiver.Count >= seconds * PerSecond, what);
    }

    Print("from Orders, 50 jobs/s", [.. receiver.Ages]);
}

// From when the marketplace says that it was delivered: its message, the new state in Orders, Orders' message, the webhook.
async Task DeliveredAsync()
{
    var perSecond = int.Parse(Option("--rate") ?? "100", CultureInfo.InvariantCulture);
    var bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(service.Broker));
    await bus.StartAsync();
    await PlaceAsync(perSecond, 45 * perSecond);
    var jobs = await service.ClaimableAsync();
    foreach (var some in jobs.Chunk(50))
    {
        await Task.WhenAll(some.Select(job => bus.Publish(ServiceUnderTest.Claimed(job))));
    }

    await Eventually.Within(TimeSpan.FromMinutes(3), () => service.IsQuietAsync("job.claimed", jobs.Length), "quiet after the claims");
    (receiver.Reads, receiver.Only) = (true, "job.delivered");
    // The first third warms up.
    foreach (var part in new[] { jobs[..(jobs.Length / 3)], jobs[(jobs.Length / 3)..] })
    {
        receiver.Reset();
        await PaceAsync(perSecond, part.Length, i => bus.Publish(service.Delivered(part[i])));
        await Eventually.Within(TimeSpan.FromMinutes(2), () => receiver.Count >= part.Length, "all of them");
        await Eventually.Within(TimeSpan.FromMinutes(2), () => service.IsQuietAsync("job.delivered", part.Length), "quiet");
        Console.WriteLine(Invariant($"{perSecond} deliveries/s{(part.Length < jobs.Length / 2 ? ", warming up" : "")}, from the marketplace's word to the receiver: {new Percentiles([.. receiver.Ages])}"));
    }

    receiver.Only = null;
    await bus.StopAsync();
}

Task PlaceAsync(int perSecond, int jobs) => PaceAsync(perSecond, jobs, i => service.PlaceAsync(Invariant($"ORDER-{i}")));

// Begins as many things a second as asked for, whether or not the earlier ones have ended, and waits for all of them.
static async Task PaceAsync(int perSecond, int count, Func<int, Task> begin)
{
    var (clock, begun) = (Stopwatch.StartNew(), new List<Task>());
    using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
    while (begun.Count < count)
    {
        await timer.WaitForNextTickAsync();
        while (begun.Count < Math.Min(count, clock.Elapsed.TotalSeconds * perSecond))
        {
            begun.Add(begin(begun.Count));
        }
    }

    await Task.WhenAll(begun);
}

static TimeSpan P99(IEnumerable<TimeSpan> ages) => new Percentiles(ages).At(0.99);

static void Print(string what, IEnumerable<TimeSpan> ages) => Console.WriteLine($"50 events/s, {what}: {new Percentiles(ages)}");

Task PublishAsync(IBusControl bus, IReadOnlyList<Guid> merchants, int seconds) => PaceAsync(PerSecond, seconds * PerSecond, i =>
{
    var now = time.GetUtcNow();
    return bus.Publish(new JobStateChanged(Guid.CreateVersion7(now), merchants[i % merchants.Count], 1, "job.placed", "placed", "live", new JobFiling("ORDER-4711", null, null), now));
});

static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

using System.Diagnostics;
using System.Globalization;
using Zweizeiler.Load;
using Zweizeiler.Portal;
using Zweizeiler.Testing;

// Measures the portal on a PostgreSQL and a RabbitMQ of its own, with many jobs and people stored: Portal <Zweizeiler.Marketplace.dll> [--jobs 100000] [--translators 1000] [--only …]
if (args is [] or ["--help" or "-h"])
{
    Console.WriteLine("""
        Portal <path of Zweizeiler.Marketplace.dll> [--jobs 100000] [--translators 1000] [--only races|offers|pages] [--races 10] [--warm-up 20] [--pages 60] [--rate 50]

        Job page, desk, 200 claims of one job at once, and the way of an offer to the open pages (so many, at so many jobs a second). Results belong into perf/RESULTS.md.
        """);
    return args.Length == 0 ? 2 : 0;
}

const int Readers = 20;
const int Crowd = 200;

await using var market = new MarketplaceUnderTest(Number("--translators", 1_000));
var clock = Stopwatch.StartNew();
await market.StartAsync(Path.GetFullPath(args[0]));
await market.SeedAsync(Number("--jobs", 100_000));
var counts = await market.CountsAsync();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Seeded after {clock.Elapsed.TotalSeconds:0} s: {counts}"));

var people = await SignInAsync(Crowd, 1);
foreach (var (name, part) in new (string, Func<Task>)[] { ("races", RacesAsync), ("offers", () => OffersAsync(people)), ("pages", PagesAsync) })
{
    if (Option("--only") is not { } only || only == name)
    {
        await part();
    }
}

return 0;

string? Option(string name) => Array.IndexOf(args, name) is > 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

int Number(string name, int otherwise) => Option(name) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : otherwise;

async Task<List<Browser>> SignInAsync(int count, int from)
{
    var browsers = new List<Browser>();
    foreach (var some in Enumerable.Range(from, count).Chunk(4))
    {
        browsers.AddRange(await Task.WhenAll(some.Select(market.TranslatorAsync)));
    }

    return browsers;
}

async Task PagesAsync()
{
    // Others than those who took jobs.
    var offered = (await SignInAsync(Readers, Crowd + 1)).FindAll(p => p.SomeJob.Length > 0);
    var idle = new[] { await market.TranslatorAsync(Crowd + 49), await market.TranslatorAsync(Crowd + 99) };
    using (var desk = await market.OperatorAsync())
    {
        foreach (var (name, who, path) in new (string, IReadOnlyList<Browser>, Func<Browser, string>)[]
        {
            ("jobs (start page)", offered, _ => "/portal"),
            ("jobs, nothing on offer", idle, _ => "/portal"),
            ("a job on offer", offered, p => $"/portal/jobs/{p.SomeJob}"),
            ("my work", offered, _ => "/portal/work"),
            ("earnings", offered, _ => "/portal/earnings"),
            ("desk", [desk], _ => "/portal/desk"),
        })
        {
            await PageAsync(name, who, path, besides: 1);
            await PageAsync(name, who, path, besides: 4);
        }
    }
}

// One after the other, or some side by side; the first quarter warms up.
async Task PageAsync(string name, IReadOnlyList<Browser> who, Func<Browser, string> path, int besides)
{
    const int Rounds = 120;
    var (times, bytes) = (new List<TimeSpan>(), 0L);
    await Task.WhenAll(Enumerable.Range(0, besides).Select(async lane =>
    {
        for (var i = lane; i < Rounds; i += besides)
        {
            var (time, size) = await who[i % who.Count].TimeAsync(path(who[i % who.Count]));
            lock (times)
            {
                bytes = Math.Max(bytes, size);
                if (i >= Rounds / 4)
                {
                    times.Add(time);
                }
            }
        }
    }));
    Print($"{name}, {besides} at a time, at most {bytes / 1000.0:0.0} KB", times);
}

async Task RacesAsync()
{
    var (races, warmUp) = (Number("--races", 10), Number("--warm-up", 20));
    var (all, wins) = (new List<TimeSpan>(), 0);
    for (var race = 0; race < warmUp + races; race++)
    {
        var job = await market.JobForAllAsync(people.Select(p => p.Id));
        // In an order drawn anew: else the first ones would soon hold as many as they may, and be refused first of all each time.
        var crowd = people.ToArray();
        Random.Shared.Shuffle(crowd);
        var ready = await Task.WhenAll(crowd.Select(p => p.ReadyToClaimAsync(job)));
        var answers = await Task.WhenAll(crowd.Zip(ready, (person, request) => person.ClaimAsync(job, request)));
        wins += answers.Count(a => a.Won) is 1 ? 1 : throw new InvalidOperationException($"Race {race + 1} was not won by one.");
        Print($"race {race + 1}: {answers.Length} at once, {answers.Count(a => a.Won)} won", [.. answers.Select(a => a.Time)]);
        if (race >= warmUp)
        {
            all.AddRange(answers.Select(a => a.Time));
        }
    }

    Print($"the last {races} races, {wins} of {warmUp + races} won", all);
}

async Task OffersAsync(List<Browser> who)
{
    var (perSecond, pages) = (Number("--rate", 50), Number("--pages", 60));
    var open = new List<OpenPage>();
    foreach (var some in Enumerable.Range(0, pages).Chunk(20))
    {
        // More pages than people: some have several open.
        open.AddRange(await Task.WhenAll(some.Select(i => who[i % who.Count].OpenLiveAsync())));
    }

    foreach (var (what, seconds) in new[] { ("warming up", 10), ("", 15) })
    {
        var placed = await market.PlaceAsync(perSecond * seconds);
        var funded = await market.FundAsync(placed, perSecond);
        await market.WaitForOffersAsync(placed);
        await Eventually.Within(TimeSpan.FromSeconds(60), () => open.TrueForAll(p => p.IsQuiet), "the last offers on the pages");
        var times = open.SelectMany(page => page.Seen(funded)).ToList();
        Print($"offer to an open page, {perSecond} jobs/s, {pages} pages{(what.Length > 0 ? ", " + what : "")}", times);
    }

    foreach (var page in open)
    {
        await page.DisposeAsync();
    }
}

static void Print(string what, IReadOnlyCollection<TimeSpan> times)
{
    var p = new Percentiles(times);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: p50 {p.At(0.5).TotalMilliseconds:0.0} ms, p95 {p.At(0.95).TotalMilliseconds:0.0} ms, p99 {p.At(0.99).TotalMilliseconds:0.0} ms, longest {p.At(1).TotalMilliseconds:0.0} ms ({p.Count})"));
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Zweizeiler.Client;
using Zweizeiler.Demo;

namespace Zweizeiler.SystemTests;

/// <summary>What a rolling restart does to each service in turn, while merchants and translators go on working through the gateway.</summary>
public sealed class Stopping_a_replica : IDisposable
{
    private static readonly string[] Services = ["orders", "billing", "notifications", "marketplace"];

    /// <summary>A developer's stack ends at once; published, a replica that stops serves on until nobody sends it anything (docs/operations.md).</summary>
    private static readonly Dictionary<string, string> AsPublished = new(StringComparer.Ordinal) { ["Drain__Delay"] = "00:00:05" };

    /// <summary>
    /// How long eight processes that have just started may need until they answer at the pace of this load. Before, all of them want the processors at
    /// once to compile what they run, and the services that stand back (docs/operations.md) hardly get any.
    /// </summary>
    private static readonly TimeSpan WarmingUp = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(300);

    private readonly DataFolder _data = new();

    [Fact]
    public async Task Fails_no_request_of_anybody()
    {
        await using var run = await LocalRun.StartAsync(
            Checkout.Root, _data.Path, LocalRun.FreePort(), Stack.StartDeadline, Stack.Cancelled, AsPublished,
            ["--no-build", .. Services.SelectMany(service => (string[])["--replicas", $"{service}=2"])]);
        var details = await run.DetailsAsync(Stack.Cancelled);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Stack.Cancelled);
        var failures = new ConcurrentBag<string>();
        var answers = Services.ToDictionary(s => s, _ => new Counter());
        var clients = Services.SelectMany(service => Enumerable.Range(0, 2).Select(n => AskAsync(details, service, n, answers[service], failures, ending.Token))).ToList();

        await Wait.ForAsync(
            "A stack that keeps up with its load",
            WarmingUp,
            _ => Task.FromResult(answers.Values.All(a => Volatile.Read(ref a.QuickInARow) >= 100) ? "does" : null),
            Stack.Cancelled);
        failures.Clear();

        foreach (var service in Services)
        {
            await MoreAsync(answers, 30);
            var replicas = details.ProcessesOf(service);
            replicas.Count.ShouldBe(2);
            await TerminateAsync(replicas[0]);
            await Wait.ForAsync($"The end of a replica of {service}", Stack.Deadline, _ => Task.FromResult(Stack.IsRunning(replicas[0]) ? null : "ended"), Stack.Cancelled);
            await MoreAsync(answers, 30);
        }

        await ending.CancelAsync();
        await Task.WhenAll(clients);
        failures.ShouldBeEmpty();

        using var merchant = new ZweizeilerClient(details.Gateway, details.Keys.Live);
        var job = await merchant.Jobs.CreateAsync(Merchant.Order("AFTER-ALL"), cancellationToken: Stack.Cancelled);
        await merchant.BecomesAsync(job.Id, JobState.Open);
    }

    public void Dispose() => _data.Dispose();

    /// <summary>Asks one service at a pace that leaves it room, and without ever trying again, over a connection of its own.</summary>
    private static async Task AskAsync(
        StackDetails details, string service, int n, Counter answered, ConcurrentBag<string> failures, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = details.Gateway };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", details.Keys.Test);
        // An order sets going fifteen transactions, which all these processes of one machine must have time for.
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(service == "orders" ? 250 : 60), TimeProvider.System);
        while (!cancellationToken.IsCancellationRequested)
        {
            await pace.WaitForNextTickAsync(Stack.Cancelled);
            var since = Stopwatch.GetTimestamp();
            try
            {
                using var request = Request(service, n);
                // Not cancelled in the middle: what was begun is answered.
                using var response = await http.SendAsync(request, Stack.Cancelled);
                var took = Stopwatch.GetElapsedTime(since);
                if (!response.IsSuccessStatusCode)
                {
                    var answer = await response.Content.ReadAsStringAsync(Stack.Cancelled);
                    failures.Add(string.Create(CultureInfo.InvariantCulture, $"{service} {(int)response.StatusCode} after {took.TotalSeconds:0.0} s at {TimeProvider.System.GetUtcNow():HH:mm:ss.fff}: {answer}"));
                }

                answered.QuickInARow = took < Quick ? answered.QuickInARow + 1 : 0;
                Interlocked.Increment(ref answered.Value);
            }
            catch (HttpRequestException e)
            {
                failures.Add($"{service} {e.HttpRequestError}");
            }
        }
    }

    private static HttpRequestMessage Request(string service, int n) => service switch
    {
        "orders" when n % 2 == 0 => new HttpRequestMessage(HttpMethod.Post, "/v1/jobs") { Content = JsonContent.Create(Merchant.Order()) },
        "orders" => new HttpRequestMessage(HttpMethod.Get, "/v1/jobs?limit=5"),
        "billing" => new HttpRequestMessage(HttpMethod.Get, "/v1/balance"),
        "notifications" => new HttpRequestMessage(HttpMethod.Get, "/v1/events?limit=5"),
        _ => new HttpRequestMessage(HttpMethod.Get, "/portal/sign-in"),
    };

    private static async Task MoreAsync(Dictionary<string, Counter> answers, int more)
    {
        var wanted = answers.ToDictionary(a => a.Key, a => Volatile.Read(ref a.Value.Value) + more);
        await Wait.ForAsync(
            "More answers of every service",
            Stack.Deadline,
            _ => Task.FromResult(answers.All(a => Volatile.Read(ref a.Value.Value) >= wanted[a.Key]) ? "come" : null),
            Stack.Cancelled);
    }

    private static async Task TerminateAsync(int process)
    {
        using var kill = Process.Start("kill", ["-TERM", process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Stack.Cancelled);
    }

    private sealed class Counter
    {
        public int Value;

        public int QuickInARow;
    }
}

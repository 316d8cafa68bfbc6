using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Zweizeiler.Gateway.Tests.Support;
using Zweizeiler.Testing;

namespace Zweizeiler.Gateway.Tests;

public class Rolling_restart_Specs(SharedGateway shared)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("billing", "/v1/balance")]
    // Here the keys are resolved as well.
    [InlineData("orders", "/v1/jobs")]
    public async Task No_request_fails_while_the_replicas_of_a_service_are_restarted_in_turn(string service, string path)
    {
        var drain = TimeSpan.FromSeconds(5);
        var ports = new[] { FreePort.Next(), FreePort.Next() };
        var replicas = new[] { await Replica.StartAsync(service, ports[0], drain), await Replica.StartAsync(service, ports[1], drain) };
        await using var app = await GatewayApp.StartAsync(
            shared.Servers, new Dictionary<string, string[]> { [service] = [.. ports.Select(p => $"http://127.0.0.1:{p}")] });
        await using var load = Load.Start(() => app.Client, path);
        await IsUsedAsync(replicas[0]);
        await IsUsedAsync(replicas[1]);

        for (var i = 0; i < 2; i++)
        {
            await replicas[i].StopAsync();
            await replicas[i].DisposeAsync();
            replicas[i] = await Replica.StartAsync(service, ports[i], drain);
            await IsUsedAsync(replicas[i]);
        }

        await load.DisposeAsync();
        load.Failures.ShouldBeEmpty();
        load.Sent.ShouldBeGreaterThan(500);
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }
    }

    [Fact]
    public async Task No_request_fails_while_gateways_are_replaced_in_turn()
    {
        var settings = new Dictionary<string, string> { ["Drain:Delay"] = "00:00:03" };
        var gateways = new[] { await GatewayApp.StartAsync(shared.Servers, settings: settings), await GatewayApp.StartAsync(shared.Servers, settings: settings) };
        using var balancer = new Balancer(gateways);
        await using var load = Load.Start(balancer.Pick, "/v1/balance");
        for (var i = 0; i < 2; i++)
        {
            await Eventually.Within(Soon, () => balancer.Knows(gateways));
            await gateways[i].StopAsync();
            await gateways[i].DisposeAsync();
            gateways[i] = await GatewayApp.StartAsync(shared.Servers, settings: settings);
            balancer.Replace(i, gateways[i]);
        }

        await load.DisposeAsync();
        load.Failures.ShouldBeEmpty();
        load.Sent.ShouldBeGreaterThan(200);
        foreach (var gateway in gateways)
        {
            await gateway.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_gateway_that_stops_is_not_ready_serves_on_finishes_what_runs_and_ends_feeds()
    {
        var gate = new TaskCompletionSource();
        await using var billing = await FakeService.StartAsync("billing", async context =>
        {
            await gate.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("finished");
        });
        await using var portal = await FakeService.StartAsync("portal", async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: 1\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var app = await GatewayApp.StartAsync(
            shared.Servers,
            new Dictionary<string, string[]> { ["billing"] = [billing.Url], ["marketplace"] = [portal.Url] },
            settings: new Dictionary<string, string> { ["Drain:Delay"] = "00:00:03" });
        var running = app.SendAsync("POST", "/v1/invoices", content: new StringContent("{}"));
        using var ask = GatewayApp.Request("GET", "/portal/live", key: null);
        ask.Headers.Add("Accept", "text/event-stream");
        using var feed = await app.Client.SendAsync(ask, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var events = await feed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await Eventually.Within(Soon, () => billing.Seen.Count == 1);

        var stopping = app.StopAsync();
        await Eventually.Passes(Soon, async () =>
            (await app.SendAsync("GET", "/health/ready", key: null)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable));
        var served = await app.SendAsync("GET", "/v1/jobs");
        served.StatusCode.ShouldBe(HttpStatusCode.OK);
        served.Headers.ConnectionClose.ShouldBe(true);
        await Should.ThrowAsync<Exception>(async () => await events.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken)).WaitAsync(Soon, TestContext.Current.CancellationToken);
        // Nothing is listening any more, and still the request that runs is finished.
        await Eventually.Passes(Soon, async () =>
        {
            using var probe = new TcpClient();
            await Should.ThrowAsync<SocketException>(() => probe.ConnectAsync(app.Url.Host, app.Url.Port));
        });
        gate.SetResult();
        var finished = await running;
        finished.StatusCode.ShouldBe(HttpStatusCode.OK);
        finished.Headers.ConnectionClose.ShouldBe(true);
        (await finished.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("finished");
        await stopping;
    }

    private static Task IsUsedAsync(Replica replica)
    {
        var before = replica.Served;
        return Eventually.Within(Soon, () => replica.Served > before + 20, "requests to the replica");
    }

    /// <summary>A few clients that do not pause.</summary>
    private sealed class Load : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly ConcurrentQueue<string> _failures = new();
        private readonly Task[] _clients;
        private int _sent;

        private Load(Func<HttpClient> client, string path) =>
            _clients = [.. Enumerable.Range(0, 8).Select(i => Task.Run(() => SendAsync(client, path, i)))];

        public IReadOnlyCollection<string> Failures => _failures;

        public int Sent => _sent;

        public static Load Start(Func<HttpClient> client, string path) => new(client, path);

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await Task.WhenAll(_clients);
        }

        private async Task SendAsync(Func<HttpClient> client, string path, int number)
        {
            for (var i = number; !_end.IsCancellationRequested; i++)
            {
                Interlocked.Increment(ref _sent);
                try
                {
                    using var request = GatewayApp.Request(i % 2 == 0 ? "GET" : "POST", path, content: i % 2 == 0 ? null : new StringContent("{}"));
                    using var response = await client().SendAsync(request);
                    if (response.StatusCode != HttpStatusCode.OK)
                    {
                        _failures.Enqueue($"{request.Method} {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
                    }
                }
                catch (Exception e)
                {
                    _failures.Enqueue($"{(i % 2 == 0 ? "GET" : "POST")} {e}");
                }
            }
        }
    }

    /// <summary>What stands before the gateways: sends to those that said a moment ago that they are ready.</summary>
    private sealed class Balancer : IDisposable
    {
        private readonly GatewayApp[] _gateways;
        private readonly CancellationTokenSource _end = new();
        private readonly HttpClient _looking = new();
        private readonly Task _looks;
        private volatile GatewayApp[] _ready;
        private int _turn;

        public Balancer(IEnumerable<GatewayApp> gateways)
        {
            _gateways = [.. gateways];
            _ready = _gateways;
            _looks = Task.Run(LookAsync);
        }

        public HttpClient Pick()
        {
            var ready = _ready;
            return ready[(int)((uint)Interlocked.Increment(ref _turn) % ready.Length)].Client;
        }

        public bool Knows(IReadOnlyList<GatewayApp> gateways) => gateways.All(_ready.Contains);

        public void Replace(int at, GatewayApp gateway) => _gateways[at] = gateway;

        public void Dispose()
        {
            _end.Cancel();
            _looks.GetAwaiter().GetResult();
            _looking.Dispose();
            _end.Dispose();
        }

        private async Task LookAsync()
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
            while (!_end.IsCancellationRequested)
            {
                var ready = new List<GatewayApp>();
                foreach (var gateway in _gateways)
                {
                    try
                    {
                        using var answer = await _looking.GetAsync(new Uri(gateway.Url, "/health/ready"));
                        if (answer.IsSuccessStatusCode)
                        {
                            ready.Add(gateway);
                        }
                    }
                    catch (HttpRequestException)
                    {
                        // It is gone.
                    }
                }

                _ready = ready.Count > 0 ? [.. ready] : _ready;
                await timer.WaitForNextTickAsync();
            }
        }
    }
}

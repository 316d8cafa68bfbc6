using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Zweizeiler.Demo;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Load;

/// <summary>What the gateway costs on top of a bare YARP proxy on the same route to the same service: both in one run, in turns.</summary>
internal sealed class GatewayCost(StackDetails details, ServiceDatabase database, string path, TextWriter output)
{
    private static readonly TimeProvider Time = TimeProvider.System;

    public async Task RunAsync(int clients, TimeSpan duration, int rounds, CancellationToken cancellationToken)
    {
        var added = new List<double>();
        var kept = new List<double>();
        for (var round = 0; round <= rounds; round++)
        {
            // A token lives for a minute, so each round has a proxy and a token of its own.
            using var bare = await StartBareAsync(cancellationToken);
            try
            {
                var bareUri = new Uri($"http://127.0.0.1:{bare.Port}");
                var warm = TimeSpan.FromSeconds(3);
                await AskAsync(bareUri, null, clients, warm, cancellationToken);
                await AskAsync(details.Gateway, details.Keys.Test, clients, warm, cancellationToken);
                var one = (Bare: await AskAsync(bareUri, null, 1, duration / 2, cancellationToken), Ours: await AskAsync(details.Gateway, details.Keys.Test, 1, duration / 2, cancellationToken));
                var many = (Bare: await AskAsync(bareUri, null, clients, duration, cancellationToken), Ours: await AskAsync(details.Gateway, details.Keys.Test, clients, duration, cancellationToken));
                if (round == 0)
                {
                    // Just-in-time compilation is not what is measured.
                    continue;
                }

                added.Add((one.Ours.Times.At(0.5) - one.Bare.Times.At(0.5)).TotalMilliseconds);
                kept.Add(many.Ours.Rate / many.Bare.Rate);
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Round {round}: one client p50 {one.Ours.Times.At(0.5).TotalMilliseconds:0.000} ms, bare {one.Bare.Times.At(0.5).TotalMilliseconds:0.000} ms; {clients} clients {many.Ours.Rate:0}/s, bare {many.Bare.Rate:0}/s"));
            }
            finally
            {
                bare.Process.Kill();
            }
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{path}, medians of {rounds} rounds: the gateway adds {Median(added):0.00} ms and keeps {Median(kept):0.00} of the throughput"));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private async Task<Bare> StartBareAsync(CancellationToken cancellationToken)
    {
        var orders = details.ProcessesOf("orders")[0];
        var secret = new ConfigurationBuilder().AddInMemoryCollection([new("Identity:SigningKey", ProcessEnvironment.Of(orders, "Identity__SigningKey"))]).Build();
        var merchant = (await database.SqlAsync("SELECT id FROM merchants ORDER BY created_at LIMIT 1;", cancellationToken)).Trim();
        var token = new InternalTokens(secret, Time).Mint("orders", new CallerClaims(Guid.Parse(merchant), Guid.Empty, "test", [Scope.Read]));
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [
                .. Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? (string[])[typeof(GatewayCost).Assembly.Location] : [],
                "bare-proxy", "--listen", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
                "--to", ProcessEnvironment.Of(orders, "ASPNETCORE_URLS").Split(';')[0],
            ])
        {
            RedirectStandardOutput = true,
        };
        // Not as an argument: those are for everybody to read.
        start.Environment["BARE_PROXY_AUTHORIZATION"] = $"Bearer {token}";
        var process = Process.Start(start)!;
        return await process.StandardOutput.ReadLineAsync(cancellationToken) == "listening"
            ? new Bare(process, port)
            : throw new LoadException("The bare proxy did not start.");
    }

    private async Task<(double Rate, Percentiles Times)> AskAsync(Uri server, string? key, int clients, TimeSpan duration, CancellationToken cancellationToken)
    {
        var times = new ConcurrentBag<TimeSpan>();
        var request = Wire.Get(server, path, key);
        var start = Time.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            using var wire = await Wire.OpenAsync(server, cancellationToken);
            while (Time.GetElapsedTime(start) < duration)
            {
                var begin = Time.GetTimestamp();
                var status = await wire.SendAsync(request, cancellationToken);
                times.Add(Time.GetElapsedTime(begin));
                if (status != 200)
                {
                    throw new LoadException(string.Create(CultureInfo.InvariantCulture, $"{path} was answered with {status}."));
                }
            }
        }));
        return (times.Count / Time.GetElapsedTime(start).TotalSeconds, new Percentiles(times));
    }

    private sealed record Bare(Process Process, int Port) : IDisposable
    {
        public void Dispose() => Process.Dispose();
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Zweizeiler.Client;
using Zweizeiler.Demo;

namespace Zweizeiler.Load;

/// <summary>Order intake through the gateway against pgbench with the same inserts on the same PostgreSQL, in turns, in one run.</summary>
/// <param name="details">The running stack.</param>
/// <param name="database">Where orders are stored.</param>
/// <param name="samples">What is ordered.</param>
/// <param name="alone">Halts the services downstream while orders are placed: pgbench has nobody downstream either.</param>
/// <param name="output">Where results go.</param>
internal sealed partial class Intake(StackDetails details, OrdersDatabase database, IReadOnlyList<Sample> samples, bool alone, TextWriter output)
{
    private static readonly TimeProvider Time = TimeProvider.System;

    private IReadOnlyList<(byte[] Head, byte[] Tail)> _requests = [];

    public async Task RunAsync(int clients, TimeSpan duration, int rounds, CancellationToken cancellationToken)
    {
        using var client = new ZweizeilerClient(details.Gateway, details.Keys.Test);
        var inserts = new RecordedInserts(database);
        var script = Path.Combine(Path.GetTempPath(), $"zweizeiler-intake-{Environment.ProcessId}.sql");
        try
        {
            var recorded = await inserts.WriteScriptAsync(client, samples[0].Job, script, cancellationToken);
            await output.WriteLineAsync($"One order inserts {string.Join(", ", recorded.Skip(1))}.");
            _requests = [.. (await SentBodies.OfAsync(details, samples, cancellationToken)).Select(body => Wire.Post(details.Gateway, "/v1/jobs", details.Keys.Test, body))];
            // Warm up: just-in-time compilation and prepared statements are not what is measured.
            await PlaceAsync(clients, TimeSpan.FromSeconds(10), cancellationToken);
            var ratios = new List<double>();
            var rates = new List<double>();
            for (var round = 1; round <= rounds; round++)
            {
                await DrainAsync(client, cancellationToken);
                var (rate, times, failed) = alone
                    ? await PlaceAloneAsync(clients, duration, cancellationToken)
                    : await PlaceAsync(clients, duration, cancellationToken);
                await DrainAsync(client, cancellationToken);
                var bench = Rate(await database.BenchAsync(script, clients, duration, round * 10_000_000, cancellationToken));
                ratios.Add(rate / bench);
                rates.Add(rate);
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Round {round}: {rate:0} orders/s ({times}; {failed} failed), pgbench {bench:0} transactions/s, ratio {rate / bench:0.00}"));
            }

            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"Ratio, median of {rounds} rounds: {ratios.Order().ElementAt(rounds / 2):0.00} ({clients} clients, {duration.TotalSeconds:0} s each)"));
            await DrainAsync(client, cancellationToken);
            var half = rates.Order().ElementAt(rounds / 2) / 2;
            var (paced, pacedTimes, pacedFailed) = alone
                ? await PlaceAloneAsync(clients, duration, cancellationToken, half)
                : await PlaceAsync(clients, duration, cancellationToken, half);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"At half that load: {paced:0} orders/s ({pacedTimes}; {pacedFailed} failed)"));
        }
        finally
        {
            await inserts.RemoveAsync(CancellationToken.None);
            File.Delete(script);
        }
    }

    private async Task<(double Rate, Percentiles Times, int Failed)> PlaceAloneAsync(
        int clients, TimeSpan duration, CancellationToken cancellationToken, double? pace = null)
    {
        await SignalDownstreamAsync("STOP", cancellationToken);
        try
        {
            return await PlaceAsync(clients, duration, cancellationToken, pace);
        }
        finally
        {
            await SignalDownstreamAsync("CONT", CancellationToken.None);
        }
    }

    private async Task SignalDownstreamAsync(string signal, CancellationToken cancellationToken)
    {
        var processes = ((string[])["billing", "marketplace", "notifications"]).SelectMany(details.ProcessesOf);
        using var kill = Process.Start("kill", [$"-{signal}", .. processes.Select(id => id.ToString(CultureInfo.InvariantCulture))]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    /// <param name="clients">Connections.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="pace">Orders a second of all together; without it each goes on as soon as it is answered. With it, a time counts from when the order was due.</param>
    /// <param name="cancellationToken">Cancels.</param>
    private async Task<(double Rate, Percentiles Times, int Failed)> PlaceAsync(
        int clients, TimeSpan duration, CancellationToken cancellationToken, double? pace = null)
    {
        var times = new ConcurrentBag<TimeSpan>();
        var failed = 0;
        var start = Time.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async n =>
        {
            using var wire = await Wire.OpenAsync(details.Gateway, cancellationToken);
            var sent = 0L;
            for (var i = n; Time.GetElapsedTime(start) < duration; i++)
            {
                var (head, tail) = _requests[i % _requests.Count];
                byte[] request = [.. head, .. Encoding.ASCII.GetBytes(Guid.CreateVersion7(Time.GetUtcNow()).ToString()), .. tail];
                var begin = Time.GetTimestamp();
                if (pace is { } perSecond)
                {
                    begin = start + (long)(Time.TimestampFrequency * (n + (clients * sent++)) / perSecond);
                    if (Time.GetElapsedTime(Time.GetTimestamp(), begin) is { Ticks: > 0 } early)
                    {
                        await Task.Delay(early, Time, cancellationToken);
                    }
                }

                if (await wire.SendAsync(request, cancellationToken) == 201)
                {
                    times.Add(Time.GetElapsedTime(begin));
                }
                else
                {
                    Interlocked.Increment(ref failed);
                }

            }
        }));
        return (times.Count / Time.GetElapsedTime(start).TotalSeconds, new Percentiles(times), failed);
    }

    /// <summary>Waits until what the orders set going has come to rest, so that the next measurement has the machine to itself.</summary>
    private async Task DrainAsync(ZweizeilerClient client, CancellationToken cancellationToken)
    {
        await Wait.ForAsync(
            "Working off the orders",
            TimeSpan.FromMinutes(5),
            async token => (await client.Jobs.ListAsync(limit: 1, cancellationToken: token)).Data is [{ State: JobState.Placed }] ? null : "done",
            cancellationToken);
        await Wait.ForAsync(
            "Emptying the outbox",
            TimeSpan.FromMinutes(5),
            async token => (await database.SqlAsync("SELECT count(*) FROM outbox_message;", token)).Trim() == "0" ? "done" : null,
            cancellationToken);
    }

    private static double Rate(string pgbench) => TpsLine().Match(pgbench) is { Success: true } match
        ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
        : throw new LoadException($"pgbench reported no rate: {pgbench}");

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex TpsLine();
}

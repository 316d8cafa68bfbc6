using System.Diagnostics;
using System.Globalization;
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
internal sealed partial class Intake(StackDetails details, ServiceDatabase database, IReadOnlyList<Sample> samples, bool alone, TextWriter output)
{
    private static readonly TimeProvider Time = TimeProvider.System;

    private OrderFlow? _orders;

    public async Task RunAsync(int clients, TimeSpan duration, int rounds, CancellationToken cancellationToken)
    {
        using var client = new ZweizeilerClient(details.Gateway, details.Keys.Test);
        var inserts = new RecordedInserts(database);
        var script = Path.Combine(Path.GetTempPath(), $"zweizeiler-intake-{Environment.ProcessId}.sql");
        try
        {
            var recorded = await inserts.WriteScriptAsync(client, samples[0].Job, script, cancellationToken);
            await output.WriteLineAsync($"One order inserts {string.Join(", ", recorded.Skip(1))}.");
            _orders = new OrderFlow(details, details.Keys.Test, await SentBodies.OfAsync(details, samples, cancellationToken));
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

    private async Task<(double Rate, Percentiles Times, int Failed)> PlaceAsync(
        int clients, TimeSpan duration, CancellationToken cancellationToken, double? pace = null)
    {
        var start = Time.GetTimestamp();
        await _orders!.RunAsync(clients, duration, pace, cancellationToken);
        var (times, failed) = _orders.Answers.Take();
        return (times.Count / Time.GetElapsedTime(start).TotalSeconds, times, failed);
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

using System.Globalization;
using Zweizeiler.Demo;

namespace Zweizeiler.Load;

/// <summary>Many jobs, placed as fast as they are taken and worked off in ten parts: what memory each service has after each.</summary>
internal sealed class Memory(StackDetails details, IReadOnlyList<Sample> samples, TextWriter output)
{
    private const int Parts = 10;

    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(60);

    /// <summary>Counting rows in four databases is work too.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly StackState _stack = new(details);

    public async Task RunAsync(int jobs, int clients, CancellationToken cancellationToken)
    {
        var orders = new OrderFlow(details, details.Keys.Live, await SentBodies.OfAsync(details, samples, cancellationToken));
        await output.WriteLineAsync("MiB of each service (all replicas, their share of what is mapped by several): once the orders were taken, and once all were on offer");
        await output.WriteLineAsync($"| min | jobs | failed | {string.Join(" | ", StackState.Services)} | MiB of all databases |");
        await output.WriteLineAsync($"|---|---|---|{string.Concat(StackState.Services.Select(_ => "---|"))}---|");
        var start = Time.GetTimestamp();
        var placed = 0;
        for (var part = 0; part < Parts; part++)
        {
            await orders.PlaceAsync(clients, jobs / Parts, cancellationToken);
            var (times, failed) = orders.Answers.Take();
            placed += times.Count;
            var taken = StackState.Services.Select(_stack.Memory).ToList();
            await Wait.ForAsync(
                "Working off the orders", Patience, async token => await _stack.AtWorkAsync(token) ? null : "done", cancellationToken, Pause);
            var rows = await _stack.RowsAsync(cancellationToken);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Time.GetElapsedTime(start).TotalMinutes:0.0} | {placed} | {failed} | {string.Join(" | ", StackState.Services.Select((s, i) => string.Create(CultureInfo.InvariantCulture, $"{taken[i]:0}, {_stack.Memory(s):0}")))} | {rows[4]} |"));
        }
    }
}

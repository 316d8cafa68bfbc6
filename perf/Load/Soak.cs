using System.Globalization;
using Zweizeiler.Demo;

namespace Zweizeiler.Load;

/// <summary>Orders at an even pace for a long time: whether memory, answers, tables and logs stay as they are.</summary>
internal sealed class Soak(StackDetails details, IReadOnlyList<Sample> samples, TextWriter output)
{
    /// <summary>How much larger the last quarter may be than the second; the first is warming up.</summary>
    private const double Growth = 1.25;

    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly StackState _stack = new(details);

    private sealed record Measure(TimeSpan At, int Orders, int Failed, Percentiles Times, IReadOnlyList<double> Memory, IReadOnlyList<long> Rows);

    public async Task RunAsync(double rate, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var orders = new WholeLives(details, samples);
        var errorsBefore = ErrorsInLogs();
        var step = TimeSpan.FromSeconds(Math.Clamp(duration.TotalSeconds / 60, 10, 60));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{rate:0.#} orders/s for {duration.TotalMinutes:0.#} min; MiB of each service (all replicas, their share of what is mapped by several), rows and MiB of all databases"));
        await output.WriteLineAsync($"| min | orders | failed | p50, p99 ms | {string.Join(" | ", StackState.Services)} | outbox | inbox | dead rows | rows | MiB | open jobs |");
        await output.WriteLineAsync($"|---|---|---|---|{string.Concat(StackState.Services.Select(_ => "---|"))}---|---|---|---|---|---|");

        var start = Time.GetTimestamp();
        var seen = new List<Measure>();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var placing = orders.RunAsync(rate, duration, ending.Token);
        try
        {
            for (var next = step; next <= duration + step; next += step)
            {
                if (next - Time.GetElapsedTime(start) is { Ticks: > 0 } pause)
                {
                    await Task.WhenAny(placing, Task.Delay(pause, Time, cancellationToken));
                }

                if (placing.IsCompleted)
                {
                    break;
                }

                var (times, failed) = orders.Answers.Take();
                var sample = new Measure(
                    Time.GetElapsedTime(start), times.Count, failed, times, [.. StackState.Services.Select(_stack.Memory)], await _stack.RowsAsync(cancellationToken));
                seen.Add(sample);
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {sample.At.TotalMinutes:0.0} | {sample.Orders} | {sample.Failed} | {sample.Times.At(0.5).TotalMilliseconds:0.0}, {sample.Times.At(0.99).TotalMilliseconds:0} | {string.Join(" | ", sample.Memory.Select(m => m.ToString("0", CultureInfo.InvariantCulture)))} | {string.Join(" | ", sample.Rows)} |"));
            }

            await placing;
        }
        finally
        {
            // Also when it ends early, the merchant's endpoint goes before its client does.
            await ending.CancelAsync();
            await placing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await output.WriteLineAsync($"{orders.Accepted} jobs accepted, {orders.Cancelled} cancelled, {orders.Webhooks} webhooks came");
        await JudgeAsync(seen, ErrorsInLogs() - errorsBefore);
    }

    private async Task JudgeAsync(List<Measure> seen, int errors)
    {
        if (seen.Count < 8)
        {
            throw new LoadException("Too short to say anything: at least 8 samples are needed.");
        }

        var (second, last) = (seen[(seen.Count / 4)..(seen.Count / 2)], seen[(seen.Count * 3 / 4)..]);
        var grown = new List<string>();
        foreach (var (what, of) in StackState.Services.Select((s, i) => ($"memory of {s}", (Func<Measure, double>)(x => x.Memory[i])))
            .Append(("p50", x => x.Times.At(0.5).TotalMilliseconds)).Append(("outbox", x => x.Rows[0])).Append(("dead rows in a thousand", x => 1000.0 * x.Rows[2] / (x.Rows[2] + x.Rows[3]))).Append(("open jobs", x => x.Rows[5])))
        {
            // Dead rows against all rows: a vacuum comes when they are a part of a table, and what is kept of jobs becomes more.
            // By the median: one sample in which a collection or a vacuum was due says nothing.
            var (before, after) = (Median(second.Select(of)), Median(last.Select(of)));
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{what}: {before:0.#} in the second quarter, {after:0.#} in the last"));
            if (after > (before * Growth) + 50)
            {
                grown.Add(what);
            }
        }

        var failed = seen.Sum(s => s.Failed);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{seen.Sum(s => s.Orders)} orders, {failed} failed, {errors} errors in the logs"));
        if (grown.Count > 0 || failed > 0 || errors > 0)
        {
            throw new LoadException(grown.Count > 0 ? $"This grows: {string.Join(", ", grown)}." : "Not every order was taken without an error.");
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    private int ErrorsInLogs() => Directory.EnumerateFiles(Path.Combine(details.DataFolder, "logs"), "*.log")
        .Where(file => StackState.Services.Any(s => Path.GetFileName(file).StartsWith(s, StringComparison.Ordinal)))
        .Sum(file => File.ReadLines(file).Count(line => line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal)));
}

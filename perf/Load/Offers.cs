using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Zweizeiler.Client;
using Zweizeiler.Demo;

namespace Zweizeiler.Load;

/// <summary>From the merchant's 201 to the offer's arrival on the translator's open page, at a steady rate of orders.</summary>
internal sealed class Offers(StackDetails details, IReadOnlyList<Sample> samples, TextWriter output)
{
    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, long> _ordered = new();
    private readonly ConcurrentDictionary<string, long> _arrived = new();

    public async Task RunAsync(int perSecond, TimeSpan warmUp, TimeSpan duration, CancellationToken cancellationToken)
    {
        var jobs = samples.Where(s => details.Translators.Any(t => t.Translates(s.Job.Source!, s.Job.Target!))).ToList();
        var watched = details.Translators.Where(t => jobs.Any(s => t.Translates(s.Job.Source!, s.Job.Target!))).ToList();
        using var stopListening = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listeners = new List<Task>();
        foreach (var translator in watched)
        {
            var session = await PortalSession.SignInAsync(details.Portal, translator, cancellationToken);
            var stream = await session.LiveAsync(cancellationToken);
            listeners.Add(ListenAsync(session, stream, stopListening.Token));
        }

        using var client = new ZweizeilerClient(details.Gateway, details.Keys.Live);
        // A stack that was just started compiles what it needs for the first jobs; that is told, and not counted.
        await MeasureAsync("warming up: ", client, jobs, perSecond, warmUp, watched.Count, cancellationToken);
        await MeasureAsync("", client, jobs, perSecond, duration, watched.Count, cancellationToken);
        await stopListening.CancelAsync();
        await Task.WhenAll(listeners);
    }

    private async Task MeasureAsync(
        string title, ZweizeilerClient client, List<Sample> jobs, int perSecond, TimeSpan duration, int pages, CancellationToken cancellationToken)
    {
        _ordered.Clear();
        _arrived.Clear();
        await OrderAsync(client, jobs, perSecond, duration, cancellationToken);
        await ArrivedAsync(cancellationToken);

        // An offer can be on the page before the merchant has read her 201; that is no time at all.
        var times = new Percentiles(_ordered.Select(o => Max(TimeSpan.Zero, Time.GetElapsedTime(o.Value, _arrived[o.Key]))));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"From the 201 to the offer on the page, {title}{perSecond} jobs/s for {duration.TotalSeconds:0} s, {pages} open pages: {times}"));
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private async Task OrderAsync(ZweizeilerClient client, List<Sample> jobs, int perSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond), Time);
        var calls = new List<Task>();
        for (var i = 0; i < perSecond * duration.TotalSeconds && await timer.WaitForNextTickAsync(cancellationToken); i++)
        {
            calls.Add(OrderAsync(client, jobs[i % jobs.Count].Job, cancellationToken));
        }

        await Task.WhenAll(calls);
    }

    private async Task OrderAsync(ZweizeilerClient client, NewJob job, CancellationToken cancellationToken)
    {
        var placed = await client.Jobs.CreateAsync(job, cancellationToken: cancellationToken);
        _ordered[placed.Id] = Time.GetTimestamp();
    }

    private async Task ArrivedAsync(CancellationToken cancellationToken) =>
        await Wait.ForAsync(
            "The arrival of all offers",
            Patience,
            _ => Task.FromResult(_ordered.Keys.All(_arrived.ContainsKey) ? "all" : null),
            cancellationToken);

    private async Task ListenAsync(PortalSession session, Stream stream, CancellationToken cancellationToken)
    {
        using (session)
        using (var reader = new StreamReader(stream))
        {
            try
            {
                var type = "";
                while (await reader.ReadLineAsync(cancellationToken) is { } line)
                {
                    if (line.StartsWith("event: ", StringComparison.Ordinal))
                    {
                        type = line["event: ".Length..];
                    }
                    else if (type == "offer" && line.StartsWith("data: ", StringComparison.Ordinal))
                    {
                        var at = Time.GetTimestamp();
                        using var data = JsonDocument.Parse(line["data: ".Length..]);
                        // The first page to show it counts: whoever works this pair and looks.
                        _arrived.TryAdd(data.RootElement.GetProperty("job").GetString()!, at);
                    }
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The measurement is over.
            }
        }
    }
}

using Zweizeiler.Demo;
using Zweizeiler.FaultInjection.Oracle;

namespace Zweizeiler.FaultInjection.Running;

/// <summary>Waits until nothing is under way any more.</summary>
internal sealed class Quiet(StackUnderTest stack, Bus bus)
{
    private const string Ended = " ended by itself";

    /// <summary>The broker counts its queues every five seconds.</summary>
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(11);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <returns>What is left when it is quiet, or when the deadline has passed.</returns>
    public async Task<IReadOnlyList<Leftover>> WaitAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        long? emptySince = null;
        while (true)
        {
            var left = await LookAsync(cancellationToken);
            var isEmpty = left.All(l => l.Count == 0 || l.Explanation is not null || Stays(l.Place));
            emptySince = isEmpty ? emptySince ?? time.GetTimestamp() : null;
            if ((emptySince is { } since && time.GetElapsedTime(since) >= Stable) || time.GetElapsedTime(started) > deadline)
            {
                return left;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>An error queue does not empty itself, and nobody starts again what has ended.</summary>
    private static bool Stays(string place) => place.EndsWith("_error", StringComparison.Ordinal) || place.EndsWith(Ended, StringComparison.Ordinal);

    private async Task<IReadOnlyList<Leftover>> LookAsync(CancellationToken cancellationToken)
    {
        var left = new List<Leftover>();
        foreach (var (service, database) in stack.Databases)
        {
            left.Add(new Leftover($"outbox of {service}", await database.NumberAsync("SELECT count(*) FROM outbox_message", cancellationToken)));
            left.Add(new Leftover(
                $"inbox of {service}", await database.NumberAsync("SELECT count(*) FROM inbox", cancellationToken), "remembered for seven days, to know what comes again"));
        }

        // After a second failure an endpoint waits for minutes, later for hours: the time is let pass.
        var notifications = stack.Databases["notifications"];
        await notifications.ExecuteAsync(
            """
            UPDATE webhook_deliveries SET due_at = now() WHERE state = 'waiting' AND due_at > now();
            UPDATE mails SET due_at = now() WHERE state = 'waiting' AND failures > 0 AND due_at > now();
            """,
            cancellationToken);
        left.Add(new Leftover("webhooks to be sent", await notifications.NumberAsync("SELECT count(*) FROM webhook_deliveries WHERE state <> 'sent'", cancellationToken)));
        left.Add(new Leftover("events to be told", await notifications.NumberAsync("SELECT count(*) FROM events WHERE told_at IS NULL", cancellationToken)));
        left.Add(new Leftover("mails to be sent", await notifications.NumberAsync("SELECT count(*) FROM mails WHERE state = 'waiting' AND due_at <= now()", cancellationToken)));
        left.AddRange(await bus.QueuesAsync(cancellationToken));
        // Those that the harness killed are up again.
        left.AddRange(stack.Members.Append(stack.Gateway).Select(m => new Leftover(m.Name + Ended, m.IsRunning ? 0 : 1)));
        return left;
    }

    /// <summary>All charged jobs are put on paper.</summary>
    public Task PapersAsync(TimeSpan deadline, CancellationToken cancellationToken) => Wait.ForAsync(
        "The last papers",
        deadline,
        async token => await stack.Databases["billing"].NumberAsync(
            "SELECT (SELECT count(*) FROM invoice_lines WHERE invoice_id IS NULL) + (SELECT count(*) FROM invoices WHERE state = 'numbered')", token) == 0 ? "written" : null,
        cancellationToken);
}

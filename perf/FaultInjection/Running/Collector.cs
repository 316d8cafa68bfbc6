using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;
using Zweizeiler.FaultInjection.Oracle;
using Zweizeiler.FaultInjection.Traffic;

namespace Zweizeiler.FaultInjection.Running;

/// <summary>Gathers after quiet what the oracle judges.</summary>
internal sealed class Collector(StackUnderTest stack, Bus bus)
{
    private const int MostTraces = 3000;

    public async Task<Evidence> CollectAsync(
        Journal journal, WebhookReceiver receiver, IReadOnlyList<LedgerSnapshot> snapshots, IReadOnlyList<Leftover> leftovers, CancellationToken cancellationToken)
    {
        var (orders, marketplace, billing, notifications) = (stack.Databases["orders"], stack.Databases["marketplace"], stack.Databases["billing"], stack.Databases["notifications"]);
        var effects = new List<Effect>();
        foreach (var (service, database) in stack.Databases)
        {
            effects.AddRange(await database.ListAsync(
                "SELECT message_id, consumer, count(*)::int FROM faults.effects GROUP BY 1, 2",
                r => new Effect(service, r.GetGuid(0), r.GetString(1), r.GetInt32(2)), cancellationToken));
        }

        return new Evidence
        {
            Orders = journal.Orders,
            Deeds = journal.Deeds,
            Jobs = await orders.ListAsync(
                "SELECT id, reference, state, sequence FROM jobs", r => new StoredJob(r.GetGuid(0), Text(r, 1), r.GetString(2), r.GetInt32(3)), cancellationToken),
            MarketplaceStates = (await marketplace.ListAsync("SELECT id, state FROM jobs", r => (r.GetGuid(0), r.GetString(1)), cancellationToken)).ToDictionary(j => j.Item1, j => j.Item2),
            Changes = await notifications.ListAsync(
                "SELECT job_id, sequence, type, state FROM events ORDER BY job_id, sequence",
                r => new StateChange(r.GetGuid(0), r.GetInt32(1), r.GetString(2), r.GetString(3)), cancellationToken),
            Webhooks = receiver.Heard,
            Holds = await marketplace.ListAsync(
                "SELECT job_id, translator_id, claim_id, begins FROM faults.holds ORDER BY id",
                r => new Hold(r.GetGuid(0), r.GetGuid(1), r.GetGuid(2), r.GetBoolean(3)), cancellationToken),
            Deliveries = await marketplace.ListAsync("SELECT job_id, translator_id FROM deliveries", r => (r.GetGuid(0), r.GetGuid(1)), cancellationToken),
            Bookings = await billing.ListAsync(
                "SELECT e.job_id, e.kind, sum(p.amount_cents)::bigint FROM entries e JOIN postings p ON p.entry_id = e.id GROUP BY e.id",
                r => new Booking(r.IsDBNull(0) ? null : r.GetGuid(0), r.GetString(1), r.GetInt64(2)), cancellationToken),
            Earnings = await marketplace.ListAsync("SELECT job_id FROM earnings", r => r.GetGuid(0), cancellationToken),
            Snapshots = snapshots,
            Lines = await billing.ListAsync(
                "SELECT job_id, invoice_id FROM invoice_lines WHERE kind = 'charge'",
                r => new ChargeLine(r.GetGuid(0), r.IsDBNull(1) ? null : r.GetGuid(1)), cancellationToken),
            Papers = await billing.ListAsync(
                "SELECT i.id, i.number, i.state, i.line_count, (SELECT count(*)::int FROM documents d WHERE d.paper_id = i.id) FROM invoices i",
                r => new Paper(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetInt32(3), r.GetInt32(4)), cancellationToken),
            Series = await billing.ListAsync(
                "SELECT series, year, last FROM number_series WHERE series IN ('ZR', 'ZG')", r => new Series(r.GetString(0), r.GetInt32(1), r.GetInt32(2)), cancellationToken),
            Effects = effects,
            Leftovers = leftovers,
            Searched = [.. SearchFiles(), .. await bus.SearchAsync(Texts.Mark, cancellationToken), await SearchTracesAsync(cancellationToken)],
        };
    }

    /// <summary>Messages that came to consumers, with those that had come before.</summary>
    public async Task<(long Arrivals, long Effects)> DeliveriesAsync(CancellationToken cancellationToken)
    {
        var (arrivals, effects) = (0L, 0L);
        foreach (var database in stack.Databases.Values)
        {
            arrivals += await database.NumberAsync("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM faults.arrivals", cancellationToken);
            effects += await database.NumberAsync("SELECT count(*) FROM faults.effects", cancellationToken);
        }

        return (arrivals, effects);
    }

    /// <summary>Logs of the services, first and later ones, and of the servers.</summary>
    private IEnumerable<SearchedPlace> SearchFiles()
    {
        foreach (var file in Directory.EnumerateFiles(stack.Data, "*.log", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var isThere = false;
            while (reader.ReadLine() is { } line)
            {
                isThere |= line.Contains(Texts.Mark, StringComparison.Ordinal);
            }

            yield return new SearchedPlace(Path.GetRelativePath(stack.Data, file), stream.Length, isThere);
        }
    }

    private async Task<SearchedPlace> SearchTracesAsync(CancellationToken cancellationToken)
    {
        var (bytes, isThere) = (0L, false);
        if (stack.Details.Telemetry is { AbsolutePath: "/traces" } traces)
        {
            var list = await stack.Http.GetStringAsync(new Uri(traces, string.Create(CultureInfo.InvariantCulture, $"/traces?count={MostTraces}")), cancellationToken);
            foreach (var trace in JsonDocument.Parse(list).RootElement.EnumerateArray())
            {
                using var answer = await stack.Http.GetAsync(new Uri(traces, $"/traces/{trace.GetProperty("traceId").GetString()}"), cancellationToken);
                // The oldest ones are forgotten meanwhile.
                var spans = answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(cancellationToken) : "";
                bytes += spans.Length;
                isThere |= spans.Contains(Texts.Mark, StringComparison.Ordinal);
            }
        }

        return new SearchedPlace("traces", bytes, isThere);
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}

using System.Collections.Concurrent;
using Npgsql;
using Zweizeiler.FaultInjection.Oracle;

namespace Zweizeiler.FaultInjection.Running;

/// <summary>Looks at the ledger again and again while everything goes on, each time at one moment of it.</summary>
internal sealed class LedgerWatch(Database billing)
{
    private const string Look = """
        SELECT (SELECT count(*) FROM entries),
            (SELECT coalesce(sum(amount_cents), 0)::bigint FROM postings),
            (SELECT count(*) FROM (SELECT e.id FROM entries e LEFT JOIN postings p ON p.entry_id = e.id GROUP BY e.id HAVING coalesce(sum(p.amount_cents), 1) <> 0) AS u),
            (SELECT count(*) FROM balances b WHERE b.balance_cents <> (SELECT coalesce(sum(p.amount_cents), 0) FROM postings p WHERE p.account_id = b.account_id))
        """;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly ConcurrentQueue<LedgerSnapshot> _snapshots = new();

    public IReadOnlyList<LedgerSnapshot> Snapshots => [.. _snapshots];

    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Every, TimeProvider.System);
        do
        {
            try
            {
                await LookAsync(cancellationToken);
            }
            catch (NpgsqlException)
            {
                // The server is away, which is part of the run.
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default));
    }

    /// <summary>One statement sees one moment.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var row = await billing.ListAsync(Look, r => new LedgerSnapshot(TimeProvider.System.GetUtcNow(), r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3)), cancellationToken);
        _snapshots.Enqueue(row[0]);
    }
}

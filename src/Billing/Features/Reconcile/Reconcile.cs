using Npgsql;

namespace Zweizeiler.Billing.Features.Reconcile;

/// <summary>What a look at the whole ledger found. Everything but zero is an alarm.</summary>
/// <param name="UnbalancedEntries">Entries whose postings do not make zero, or that have fewer than two.</param>
/// <param name="WrongBalances">Running balances that are not the sum of their postings, or are below their floor.</param>
/// <param name="TotalCents">Sum of all postings.</param>
public sealed record LedgerFaults(long UnbalancedEntries, long WrongBalances, decimal TotalCents)
{
    public long Count => UnbalancedEntries + WrongBalances + (TotalCents == 0 ? 0 : 1);
}

/// <summary>
/// Adds up the whole ledger now and then and compares it with itself. The database refuses what this looks for; it would find what came about
/// past the database's refusal, for example by a restore or by a person with an administrator's rights.
/// </summary>
public sealed partial class Reconciliation(NpgsqlDataSource database, BillingMetrics metrics, TimeProvider time, ILogger<Reconciliation> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    // One statement, so one snapshot: nothing can be booked in between.
    private const string Query = """
        SELECT
            (SELECT count(*) FROM (
                SELECT e.id FROM entries e LEFT JOIN postings p ON p.entry_id = e.id
                GROUP BY e.id HAVING count(p.entry_id) < 2 OR sum(p.amount_cents) <> 0) unbalanced),
            (SELECT count(*) FROM balances b
                LEFT JOIN (SELECT account_id, sum(amount_cents) AS cents FROM postings GROUP BY account_id) s USING (account_id)
                WHERE b.balance_cents <> coalesce(s.cents, 0) OR b.balance_cents < b.floor_cents),
            (SELECT coalesce(sum(amount_cents), 0) FROM postings)
        """;

    public static async Task<LedgerFaults> LookAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Query);
        command.CommandTimeout = 300;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new LedgerFaults(reader.GetInt64(0), reader.GetInt64(1), reader.GetDecimal(2));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                var found = await LookAsync(database, stoppingToken);
                metrics.LedgerFaults(found.Count);
                if (found.Count > 0)
                {
                    LogFaults(found.UnbalancedEntries, found.WrongBalances, found.TotalCents);
                }
            }
            catch (NpgsqlException e)
            {
                LogFailed(e.GetType().Name, e.SqlState);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The ledger is wrong: {Entries} entries do not balance, {Balances} balances are off, the total is {TotalCents}")]
    private partial void LogFaults(long entries, long balances, decimal totalCents);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The ledger could not be reconciled now: {Error} {SqlState}")]
    private partial void LogFailed(string error, string? sqlState);
}

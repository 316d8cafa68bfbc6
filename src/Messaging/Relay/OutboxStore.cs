using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Zweizeiler.Messaging.Relay;

/// <summary>
/// The relay's side of the table, in plain commands on connections of the service's data source: rows come and go by the hundred, and nothing of EF's
/// bookkeeping is wanted for them.
/// </summary>
internal sealed class OutboxStore<TDbContext>(NpgsqlDataSource source, MessagingSql<TDbContext> sql)
    where TDbContext : DbContext
{
    /// <summary>Writes what has happened and takes new rows, in one transaction and one round trip.</summary>
    /// <param name="settlement">What has happened.</param>
    /// <param name="capacity">How many rows at most.</param>
    /// <param name="lease">For how long.</param>
    /// <param name="from">The first batch to look at; batches are named in the order of time.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<List<LeasedMessage>> SettleAndLeaseAsync(
        Settlement settlement, int capacity, TimeSpan lease, Guid from, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var disposeConnection = connection.ConfigureAwait(false);
        var batch = new NpgsqlBatch(connection);
        await using var disposeBatch = batch.ConfigureAwait(false);

        batch.BatchCommands.Add(new NpgsqlBatchCommand(MessagingSql<TDbContext>.Prologue));
        AddSettlement(batch, settlement);
        var leaseId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        if (capacity > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql.Lease) { Parameters = { Value(capacity), Value(leaseId), Value(lease), Value(from) } });
        }

        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var disposeReader = reader.ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var messages = new List<LeasedMessage>();
        while (capacity > 0 && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            messages.Add(Read(reader, leaseId));
        }

        return messages;
    }

    public async Task<MessagingTelemetry.OutboxState> ObserveAsync(CancellationToken cancellationToken)
    {
        var command = source.CreateCommand(sql.Observe);
        await using var disposeCommand = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var disposeReader = reader.ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetDouble(2));
    }

    /// <summary>Forgets messages that came before the retention, in portions so that no long transaction holds up vacuum.</summary>
    public async Task<int> CleanInboxAsync(TimeSpan retention, int portion, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var disposeConnection = connection.ConfigureAwait(false);
        var removed = 0;
        while (true)
        {
            var command = new NpgsqlCommand(sql.CleanInbox, connection) { Parameters = { Value(retention), Value(portion) } };
            await using var disposeCommand = command.ConfigureAwait(false);
            var rows = await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            removed += rows;
            if (rows < portion)
            {
                return removed;
            }
        }
    }

    private void AddSettlement(NpgsqlBatch batch, Settlement settlement)
    {
        if (settlement.Confirmed.Count > 0)
        {
            batch.BatchCommands.Add(OfRows(sql.Delete, settlement.Confirmed));
        }

        if (settlement.Released.Count > 0)
        {
            batch.BatchCommands.Add(OfRows(sql.Release, settlement.Released));
        }

        foreach (var (message, error, pause, park) in settlement.Failed)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql.Fail)
            {
                Parameters = { Value(message.Place), Value(message.LeaseId), Value(error), Value(pause), Value(park) },
            });
            if (!park)
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand(sql.HoldBack)
                {
                    Parameters = { Value(message.BatchId), Value(message.Position), Value(pause) },
                });
            }
        }
    }

    private static NpgsqlBatchCommand OfRows(string text, List<LeasedMessage> messages) => new(text)
    {
        Parameters = { Value(messages.Select(x => x.Place).ToArray()), Value(messages.Select(x => x.LeaseId).Distinct().ToArray()) },
    };

    private static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };

    private static LeasedMessage Read(NpgsqlDataReader row, Guid leaseId) => new(
        row.GetString(0),
        row.GetGuid(1),
        row.GetInt32(2),
        row.GetGuid(3),
        row.GetString(4),
        row.GetString(5),
        row.GetString(6),
        row.IsDBNull(7) ? null : row.GetString(7),
        row.GetFieldValue<byte[]>(8),
        row.IsDBNull(9) ? null : row.GetString(9),
        row.GetInt32(10),
        row.GetFieldValue<DateTimeOffset>(11),
        leaseId);
}

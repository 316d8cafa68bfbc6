using Microsoft.EntityFrameworkCore;
using Npgsql;
using Zweizeiler.Messaging.Inserts;
using Zweizeiler.Messaging.Outbox;
using Zweizeiler.Messaging.Relay;

namespace Zweizeiler.Messaging;

/// <summary>
/// Rows that a unit of work adds, its outbox messages among them, for units that mostly add and change nothing. Added to a context, each row is
/// tracked, compared and saved by a machinery that is meant for changes, in three round trips (begin, insert, commit); here they are one batch: one
/// round trip, one implicit transaction, all or nothing.
/// </summary>
/// <remarks>Scoped. While it is open, everything that is published in the scope is added here.</remarks>
/// <typeparam name="TDbContext">The service's context.</typeparam>
public sealed class NewRows<TDbContext>
    where TDbContext : DbContext
{
    private readonly List<object> _rows = [];
    private readonly Func<DbContext> _database;
    private readonly Func<NpgsqlDataSource> _source;
    private readonly PendingCommits _pending;
    private readonly Handover _handover;

    internal NewRows(Func<TDbContext> database, Func<NpgsqlDataSource> source, PendingCommits pending, Handover handover)
    {
        _database = database;
        _source = source;
        _pending = pending;
        _handover = handover;
    }

    /// <summary>Whether the scope's messages are added here and not to the context. Whoever opens it saves it.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>From now on the scope's messages are added here.</summary>
    public void Open() => IsOpen = true;

    /// <summary>Adds a row; rows are inserted in the order in which they are added.</summary>
    /// <param name="row">An entity of the context's model whose values are all given: none comes from the database.</param>
    public void Add(object row)
    {
        ArgumentNullException.ThrowIfNull(row);
        _rows.Add(row);
    }

    /// <summary>Inserts all rows in a transaction of their own, past the context.</summary>
    /// <param name="cancellationToken">Cancels; nothing is stored then, unless the commit was already on its way.</param>
    /// <exception cref="PostgresException">The database refused a row; nothing is stored.</exception>
    public async Task InsertAsync(CancellationToken cancellationToken)
    {
        IsOpen = false;
        if (_rows.Count == 0)
        {
            return;
        }

        await _handover.CommitAsync([.. _rows.OfType<OutboxMessage>()], InsertRowsAsync, cancellationToken).ConfigureAwait(false);
        _rows.Clear();
    }

    /// <summary>Inserts them; where the messages among them are.</summary>
    private async Task<IReadOnlyList<string>> InsertRowsAsync(CancellationToken cancellationToken)
    {
        // Without a transaction around it a batch is one.
        var batch = _source().CreateBatch();
        await using var disposeBatch = batch.ConfigureAwait(false);
        foreach (var row in _rows)
        {
            batch.BatchCommands.Add(InsertStatement.Of(typeof(TDbContext), row.GetType(), _database).For(row));
        }

        return await InsertStatement.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Hands the rows to the context, which saves them together with what else it holds.</summary>
    /// <param name="database">The scope's context.</param>
    public void MoveTo(TDbContext database)
    {
        ArgumentNullException.ThrowIfNull(database);
        IsOpen = false;
        foreach (var row in _rows)
        {
            database.Add(row);
        }

        if (_rows.OfType<OutboxMessage>().Any())
        {
            _pending.Mark(database);
        }

        _rows.Clear();
    }
}

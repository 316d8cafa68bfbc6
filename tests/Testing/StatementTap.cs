using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Zweizeiler.Testing;

/// <summary>Hears every statement that EF sends to one database, as it is sent, and asks that database how it would go about it.</summary>
/// <remarks>Make it before the service starts: a context that nobody has listened to does not look again for a second whether somebody does.</remarks>
public sealed class StatementTap : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly ConcurrentQueue<(string Sql, List<NpgsqlParameter> Parameters)> _heard = new();
    private readonly ConcurrentBag<IDisposable> _subscriptions = [];

    private string _connection = "";
    private string _database = "";

    public StatementTap() => _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    /// <summary>Says which database is listened to; it is asked for plans too.</summary>
    public void Follow(string connection)
    {
        _connection = connection;
        _database = new NpgsqlConnectionStringBuilder(connection).Database!;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.CommandExecuting.Name
            && value.Value is CommandEventData { Command: NpgsqlCommand command }
            && command.Connection?.Database == _database)
        {
            _heard.Enqueue((command.CommandText, [.. command.Parameters.Select(p => p.Clone())]));
        }
    }

    /// <summary>Forgets what was heard, does something, and returns what it sent.</summary>
    public async Task<IReadOnlyList<string>> SentByAsync(Func<Task> action)
    {
        _heard.Clear();
        await action();
        return [.. _heard.Select(h => h.Sql)];
    }

    /// <summary>The plans of everything that <paramref name="action"/> reads from a table with <paramref name="table"/> in its name.</summary>
    public Task<IReadOnlyList<string>> PlansOfAsync(string table, Func<Task> action) =>
        PlansOfAsync(action, sql => sql.StartsWith("SELECT", StringComparison.Ordinal) && sql.Contains($"FROM {table}", StringComparison.Ordinal));

    /// <summary>The statements that <paramref name="action"/> sends and <paramref name="which"/> picks, each with its plan.</summary>
    public async Task<IReadOnlyList<string>> PlansOfAsync(Func<Task> action, Func<string, bool> which)
    {
        await SentByAsync(action);
        var plans = new List<string>();
        foreach (var (sql, parameters) in _heard.Where(h => which(h.Sql)))
        {
            plans.Add($"{sql}\n{await ExplainAsync(_connection, sql, parameters)}");
        }

        return plans;
    }

    /// <summary>How the database would go about one statement, after another one that sets how it shall plan.</summary>
    public static async Task<string> ExplainAsync(string connection, string sql, IEnumerable<NpgsqlParameter> parameters, string? prologue = null)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        await using var transaction = await open.BeginTransactionAsync();
        if (prologue is not null)
        {
            await using var first = new NpgsqlCommand(prologue, open);
            await first.ExecuteNonQueryAsync();
        }

        await using var explain = new NpgsqlCommand($"EXPLAIN {sql}", open);
        explain.Parameters.AddRange(parameters.ToArray());
        await using var reader = await explain.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(0));
        }

        return string.Join('\n', plan);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }
}

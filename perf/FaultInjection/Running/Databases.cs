using System.Globalization;
using Npgsql;
using Zweizeiler.Demo;

namespace Zweizeiler.FaultInjection.Running;

/// <summary>One service's database, as the administrator: to look, to have triggers wait, and to take protection away.</summary>
internal sealed class Database(string service, string connectionString) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);

    public string Service => service;

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => _source.OpenConnectionAsync(cancellationToken);

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken) => await TryAgainAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        },
        cancellationToken);

    public async Task<long> NumberAsync(string sql, CancellationToken cancellationToken) => await TryAgainAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        },
        cancellationToken);

    public Task<List<T>> ListAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) => TryAgainAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(read(reader));
            }

            return rows;
        },
        cancellationToken);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>The server is shut down and started again during a run.</summary>
    private async Task<T> TryAgainAsync<T>(Func<NpgsqlConnection, Task<T>> ask, CancellationToken cancellationToken)
    {
        T answer = default!;
        await Wait.ForAsync(
            $"An answer of {service}'s database",
            Patience,
            async token =>
            {
                try
                {
                    await using var connection = await OpenAsync(token);
                    answer = await ask(connection);
                    return "answered";
                }
                catch (NpgsqlException e) when (e.IsTransient || e is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown })
                {
                    return null;
                }
            },
            cancellationToken);
        return answer;
    }
}

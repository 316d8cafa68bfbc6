using Npgsql;
using Testcontainers.PostgreSql;
using Zweizeiler.Testing.Servers;

namespace Zweizeiler.Testing;

/// <summary>
/// A PostgreSQL of a test's own, which can be stopped, killed and started again on the same port with the same data.
/// Tests that need no outage take a database from <see cref="TestServers"/> instead.
/// </summary>
public sealed class StoppablePostgres : IAsyncDisposable
{
    private const string Password = "only-for-tests";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly IHost _host;

    private StoppablePostgres(IHost host, int port)
    {
        _host = host;
        Administrator = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = "postgres",
            Password = Password,
            Database = "postgres",
            MaxPoolSize = 20,
            ConnectionIdleLifetime = 10,
            ConnectionPruningInterval = 5,
            IncludeErrorDetail = true,
        }.ConnectionString;
    }

    /// <summary>Connection string of the role postgres, which may do everything.</summary>
    public string Administrator { get; }

    /// <summary>Starts a new, empty server.</summary>
    public static async Task<StoppablePostgres> StartNewAsync()
    {
        var port = FreePort.Next();
        var server = new StoppablePostgres(TestEnvironment.UseContainers ? Container(port) : Native(port), port);
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server again and waits until it answers.</summary>
    public async Task StartAsync()
    {
        await _host.StartAsync();
        try
        {
            await Eventually.Passes(StartLimit, AnswerAsync);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"PostgreSQL did not start: {e.Message}\n{await _host.OutputAsync()}", e);
        }
    }

    /// <summary>A fast, clean stop.</summary>
    public Task StopAsync() => _host.StopAsync();

    /// <summary>
    /// Writes to disk what has been committed. These servers do not wait for that, as a real one does, so that a kill would take the last moments with it.
    /// </summary>
    public Task FlushAsync() => ExecuteAsync(Administrator, "CHECKPOINT");

    /// <summary>kill -9.</summary>
    public Task KillAsync() => _host.KillAsync();

    /// <summary>Creates an empty database with this name and returns the connection string for it.</summary>
    public Task<string> CreateDatabaseAsync(string name) => CreateDatabaseAsync(Administrator, name);

    internal static async Task<string> CreateDatabaseAsync(string administrator, string name)
    {
        await ExecuteAsync(administrator, $"CREATE DATABASE {Quote(name)}");
        return new NpgsqlConnectionStringBuilder(administrator) { Database = name }.ConnectionString;
    }

    internal static async Task DropDatabaseAsync(string administrator, string name) =>
        await ExecuteAsync(administrator, $"DROP DATABASE IF EXISTS {Quote(name)} WITH (FORCE)");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static NativeHost Native(int port) => new("postgres.sh", port, new Dictionary<string, string>
    {
        ["POSTGRES_PASSWORD"] = Password,
        ["POSTGRES_OPTIONS"] = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off",
    });

    private static ContainerHost Container(int port) => new(
        new PostgreSqlBuilder(TestEnvironment.PostgresImage)
            .WithPassword(Password)
            .WithPortBinding(port, PostgreSqlBuilder.PostgreSqlPort)
            .WithCommand("-c", "max_connections=300")
            .Build());

    private async Task AnswerAsync()
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Administrator) { Pooling = false, Timeout = 5 }.ConnectionString);
        await connection.OpenAsync();
    }

    private static async Task ExecuteAsync(string administrator, string statement)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(administrator) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

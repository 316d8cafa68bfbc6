using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Zweizeiler.ServiceDefaults.Data;

/// <summary>
/// <c>&lt;service&gt; migrate</c>: makes role and database where the administrator's connection is given, applies migrations, seeds, and ends.
/// Safe to run from several places at once, and again after a crash.
/// </summary>
public static partial class MigrationCommand
{
    /// <summary>Advisory lock for roles and databases, which PostgreSQL cannot create "if not exists" under concurrency.</summary>
    private const long ProvisioningLock = 0x5A57_0001;

    /// <summary>
    /// Advisory lock for the schema. EF's own lock ends with each migration's transaction: of two runs that both found two of them to do, one
    /// would repeat the second after the other.
    /// </summary>
    private const long SchemaLock = 0x5A57_0005;

    public static bool Requested(string[] args) => args is ["migrate", ..];

    /// <param name="host">The built, not started application.</param>
    /// <param name="name">Name of the service's connection string.</param>
    /// <param name="seed">Seeds; runs after the migrations in a scope of its own and must be idempotent.</param>
    public static async Task<int> RunAsync<TContext>(
        IHost host, string name, Func<IServiceProvider, CancellationToken, Task>? seed = null)
        where TContext : DbContext
    {
        var configuration = host.Services.GetRequiredService<IConfiguration>();
        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(MigrationCommand));
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var own = configuration.GetConnectionString(name) ?? throw new InvalidOperationException($"ConnectionStrings:{name} is not set.");

        if (configuration.GetConnectionString("postgres") is { Length: > 0 } administrator)
        {
            await ProvisionAsync(administrator, new NpgsqlConnectionStringBuilder(own), stopping);
            LogProvisioned(logger, name);
        }

        await using (var scope = host.Services.CreateAsyncScope())
        {
            // Not pooled: the lock ends with the connection, whatever happens in between.
            await using var turn = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(own) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
            await turn.OpenAsync(stopping);
            await ExecuteAsync(turn, $"SELECT pg_advisory_lock({SchemaLock})", stopping);
            var database = scope.ServiceProvider.GetRequiredService<TContext>().Database;
            // Asking is cheap; migrating makes the model once more as it is at design time, also where there is nothing to do.
            if ((await database.GetPendingMigrationsAsync(stopping)).Any())
            {
                await database.MigrateAsync(stopping);
            }
        }

        LogMigrated(logger, name);
        if (seed is not null)
        {
            await using var scope = host.Services.CreateAsyncScope();
            await seed(scope.ServiceProvider, stopping);
            LogSeeded(logger, name);
        }

        return 0;
    }

    private static async Task ProvisionAsync(string administrator, NpgsqlConnectionStringBuilder own, CancellationToken cancellationToken)
    {
        var role = own.Username ?? throw new InvalidOperationException("The service's connection string names no user.");
        var database = own.Database ?? throw new InvalidOperationException("The service's connection string names no database.");
        await using var source = NpgsqlDataSource.Create(administrator);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);

        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({ProvisioningLock})", cancellationToken);
        if (!await ExistsAsync(connection, "SELECT 1 FROM pg_roles WHERE rolname = $1", role, cancellationToken))
        {
            await ExecuteAsync(connection, $"CREATE ROLE {Quote(role)} LOGIN", cancellationToken);
        }

        // The password is set each time: a changed secret takes effect with the next migration.
        await ExecuteAsync(connection, $"ALTER ROLE {Quote(role)} PASSWORD {await LiteralAsync(connection, own.Password ?? "", cancellationToken)}", cancellationToken);
        if (!await ExistsAsync(connection, "SELECT 1 FROM pg_database WHERE datname = $1", database, cancellationToken))
        {
            // A managed server's administrator is no superuser and may give away only what its own roles own.
            await ExecuteAsync(connection, $"GRANT {Quote(role)} TO CURRENT_USER", cancellationToken);
            await ExecuteAsync(connection, $"CREATE DATABASE {Quote(database)} OWNER {Quote(role)}", cancellationToken);
        }

        await ExecuteAsync(connection, $"REVOKE CONNECT ON DATABASE {Quote(database)} FROM PUBLIC", cancellationToken);
        await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({ProvisioningLock})", cancellationToken);
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string sql, string value, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = value } } };
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<string> LiteralAsync(NpgsqlConnection connection, string value, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT quote_literal($1)", connection) { Parameters = { new() { Value = value } } };
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [LoggerMessage(Level = LogLevel.Information, Message = "Role and database of {Name} are there")]
    private static partial void LogProvisioned(ILogger logger, string name);

    [LoggerMessage(Level = LogLevel.Information, Message = "Schema of {Name} is up to date")]
    private static partial void LogMigrated(ILogger logger, string name);

    [LoggerMessage(Level = LogLevel.Information, Message = "Initial data of {Name} is there")]
    private static partial void LogSeeded(ILogger logger, string name);
}

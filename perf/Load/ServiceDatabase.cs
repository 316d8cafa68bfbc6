using System.Data.Common;
using Zweizeiler.Demo;

namespace Zweizeiler.Load;

/// <summary>A service's own database, reached as its own role, by PostgreSQL's command-line programs.</summary>
internal sealed class ServiceDatabase
{
    private readonly DbConnectionStringBuilder _connection;

    private ServiceDatabase(string connectionString) => _connection = new DbConnectionStringBuilder { ConnectionString = connectionString };

    private IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["PGHOST"] = Value("Host"),
        ["PGPORT"] = Value("Port"),
        ["PGUSER"] = Value("Username"),
        ["PGPASSWORD"] = Value("Password"),
        ["PGDATABASE"] = Value("Database"),
        ["PGOPTIONS"] = "-c client_min_messages=warning",
    };

    /// <summary>The connection string that the running service was started with: from the option, or (on Linux) from its process.</summary>
    public static ServiceDatabase Of(StackDetails details, string service, string? given = null) =>
        new(given ?? ProcessEnvironment.Of(details.ProcessesOf(service)[0], $"ConnectionStrings__{service}db"));

    public Task<string> SqlAsync(string sql, CancellationToken cancellationToken, TimeSpan? limit = null) => Tool.RunAsync(
        "psql", ["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-"], limit ?? TimeSpan.FromMinutes(1), cancellationToken, Environment, sql);

    // first: where the script's ids begin, so that a further round makes further ids.
    public Task<string> BenchAsync(string script, int clients, TimeSpan duration, int first, CancellationToken cancellationToken) => Tool.RunAsync(
        "pgbench",
        ["-n", "-M", "prepared", "-c", $"{clients}", "-j", "2", "-T", $"{(int)duration.TotalSeconds}", "-D", $"n={first}", "-f", script],
        duration + TimeSpan.FromMinutes(1),
        cancellationToken,
        Environment);

    private string Value(string name) => _connection.TryGetValue(name, out var value) ? $"{value}" : "";
}

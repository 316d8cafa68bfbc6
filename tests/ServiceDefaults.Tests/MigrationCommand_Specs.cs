using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.Testing;

[assembly: AssemblyFixture(typeof(TestServers))]

namespace Zweizeiler.ServiceDefaults.Tests;

public sealed class MigrationCommand_Specs(TestServers servers)
{
    private readonly string _suffix = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N")[12..];

    [Fact]
    public async Task Several_at_once_make_role_and_database_and_seed_and_all_succeed()
    {
        var administrator = await servers.PostgresAdministratorAsync();
        var own = Own(administrator, "orders");
        var seeded = 0;

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var host = Host(administrator, own);
            return await MigrationCommand.RunAsync<EmptyContext>(host, "db", (_, _) => Task.FromResult(Interlocked.Increment(ref seeded)));
        }));

        results.ShouldAllBe(code => code == 0);
        seeded.ShouldBe(4, "a seed is idempotent and runs each time");
        (await ScalarAsync(own, "SELECT current_user || '@' || current_database()")).ShouldBe($"orders_{_suffix}@ordersdb_{_suffix}");
    }

    [Fact]
    public async Task A_changed_password_takes_effect_with_the_next_migration()
    {
        var administrator = await servers.PostgresAdministratorAsync();
        foreach (var password in new[] { "first", "it's \\ another" })
        {
            var own = new NpgsqlConnectionStringBuilder(Own(administrator, "orders")) { Password = password }.ConnectionString;
            using var host = Host(administrator, own);
            await MigrationCommand.RunAsync<EmptyContext>(host, "db");
            (await ScalarAsync(own, "SELECT 'in'")).ShouldBe("in");
        }
    }

    [Fact]
    public async Task One_services_role_does_not_get_into_anothers_database()
    {
        var administrator = await servers.PostgresAdministratorAsync();
        var orders = Own(administrator, "orders");
        var billing = Own(administrator, "billing");
        foreach (var own in new[] { orders, billing })
        {
            using var host = Host(administrator, own);
            await MigrationCommand.RunAsync<EmptyContext>(host, "db");
        }

        var crossed = new NpgsqlConnectionStringBuilder(billing) { Database = new NpgsqlConnectionStringBuilder(orders).Database }.ConnectionString;
        (await Should.ThrowAsync<PostgresException>(() => ScalarAsync(crossed, "SELECT 'in'"))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    private string Own(string administrator, string service) => new NpgsqlConnectionStringBuilder(administrator)
    {
        Username = $"{service}_{_suffix}",
        Password = "only for tests",
        Database = $"{service}db_{_suffix}",
        Pooling = false,
    }.ConnectionString;

    private static IHost Host(string administrator, string own)
    {
        var builder = new HostApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:postgres", administrator), new("ConnectionStrings:db", own)]);
        builder.Services.AddDbContext<EmptyContext>(options => options.UseNpgsql(own));
        return builder.Build();
    }

    private static async Task<string?> ScalarAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return (string?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private sealed class EmptyContext(DbContextOptions<EmptyContext> options) : DbContext(options);
}

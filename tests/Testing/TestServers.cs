using System.Collections.Concurrent;
using Zweizeiler.Testing.Servers;

namespace Zweizeiler.Testing;

/// <summary>
/// Real servers for a test project, as an assembly fixture: <c>[assembly: AssemblyFixture(typeof(TestServers))]</c>, then a constructor
/// parameter of a test class. Each starts when first asked for, is shared by all tests of the project, and keeps them apart by a database
/// or a virtual host each.
/// </summary>
/// <remarks>
/// Taken in this order: servers that already run (<c>ZWEIZEILER_TEST_POSTGRES</c>; <c>ZWEIZEILER_TEST_RABBITMQ</c> with
/// <c>ZWEIZEILER_TEST_RABBITMQ_MANAGEMENT</c>); containers where a Docker engine answers; the operating system's packages.
/// <c>ZWEIZEILER_TEST_SERVERS</c> = <c>containers</c> or <c>native</c> decides between the last two.
/// </remarks>
public sealed class TestServers : IAsyncDisposable
{
    private readonly Lazy<Task<StoppablePostgres>> _postgres = new(StoppablePostgres.StartNewAsync);
    private readonly Lazy<Task<StoppableBroker>> _broker = new(StoppableBroker.StartNewAsync);
    private readonly ConcurrentBag<string> _databases = [];
    private readonly ConcurrentBag<string> _virtualHosts = [];

    /// <summary>Connection string of PostgreSQL's administrator, who may create databases and roles.</summary>
    public async Task<string> PostgresAdministratorAsync() =>
        TestEnvironment.RunningPostgres ?? (await _postgres.Value).Administrator;

    /// <summary>Creates an empty database of the caller's own; the name only makes it recognisable.</summary>
    /// <returns>The administrator's connection string for it.</returns>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        var unique = Unique(name);
        _databases.Add(unique);
        return await StoppablePostgres.CreateDatabaseAsync(await PostgresAdministratorAsync(), unique);
    }

    /// <summary>Creates an empty virtual host of the caller's own.</summary>
    /// <returns>Its amqp address with user and password.</returns>
    public async Task<Uri> CreateVirtualHostAsync()
    {
        var unique = Unique("test");
        Uri broker;
        if (TestEnvironment.RunningRabbitMq is { } running)
        {
            broker = running.Amqp;
            using var management = Management(running.Amqp, running.Management);
            await management.CreateVirtualHostAsync(unique);
            _virtualHosts.Add(unique);
        }
        else
        {
            var own = await _broker.Value;
            broker = own.Address;
            await own.Management.CreateVirtualHostAsync(unique);
        }
        return new Uri(broker, $"/{unique}");
    }

    /// <summary>Stops own servers; removes what was created on servers that go on running.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_broker.IsValueCreated)
            await (await _broker.Value).DisposeAsync();
        if (_postgres.IsValueCreated)
            await (await _postgres.Value).DisposeAsync();

        if (TestEnvironment.RunningPostgres is { } postgres)
        {
            foreach (var database in _databases)
                await StoppablePostgres.DropDatabaseAsync(postgres, database);
        }
        if (TestEnvironment.RunningRabbitMq is { } broker)
        {
            using var management = Management(broker.Amqp, broker.Management);
            foreach (var virtualHost in _virtualHosts)
                await management.DeleteVirtualHostAsync(virtualHost);
        }
    }

    private static RabbitMqManagement Management(Uri amqp, Uri management)
    {
        var user = amqp.UserInfo.Split(':', 2);
        return new RabbitMqManagement(management, Uri.UnescapeDataString(user[0]), Uri.UnescapeDataString(user[1]));
    }

    // PostgreSQL cuts names at 63 bytes.
    private static string Unique(string name) =>
        $"{name[..Math.Min(name.Length, 30)]}_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
}

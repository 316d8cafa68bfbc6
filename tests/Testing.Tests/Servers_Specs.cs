using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(Zweizeiler.Testing.TestServers))]

namespace Zweizeiler.Testing;

public sealed class Servers_Specs(TestServers servers)
{
    [Fact]
    public async Task Every_caller_gets_an_empty_database_of_its_own()
    {
        var one = await servers.CreateDatabaseAsync("same");
        var other = await servers.CreateDatabaseAsync("same");

        await ExecuteAsync(one, "CREATE TABLE mark (id int)");

        await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(other, "SELECT * FROM mark"));
    }

    [Fact]
    public async Task Every_caller_gets_a_virtual_host_of_its_own()
    {
        var one = await servers.CreateVirtualHostAsync();
        var other = await servers.CreateVirtualHostAsync();

        one.Scheme.ShouldBe("amqp");
        one.UserInfo.ShouldNotBeEmpty();
        one.AbsolutePath.Length.ShouldBeGreaterThan(1);
        one.ShouldNotBe(other);
    }

    [Fact]
    public async Task A_stopped_or_killed_database_refuses_connections_and_comes_back_with_its_data()
    {
        await using var server = await StoppablePostgres.StartNewAsync();
        var database = await server.CreateDatabaseAsync("outage");
        await ExecuteAsync(database, "CREATE TABLE mark (id int)");

        await server.StopAsync();
        await Should.ThrowAsync<NpgsqlException>(() => ExecuteAsync(database, "SELECT * FROM mark"));
        await server.StartAsync();
        await ExecuteAsync(database, "SELECT * FROM mark");

        await server.KillAsync();
        await Should.ThrowAsync<NpgsqlException>(() => ExecuteAsync(database, "SELECT * FROM mark"));
        await server.StartAsync();
        await ExecuteAsync(database, "SELECT * FROM mark");
    }

    [Fact]
    public async Task A_stopped_or_killed_broker_refuses_connections_and_comes_back_on_the_same_port()
    {
        await using var broker = await StoppableBroker.StartNewAsync();

        await broker.StopAsync();
        await Should.ThrowAsync<SocketException>(() => ConnectAsync(broker.Address));
        await broker.StartAsync();
        await ConnectAsync(broker.Address);

        await broker.KillAsync();
        await Should.ThrowAsync<SocketException>(() => ConnectAsync(broker.Address));
        await broker.StartAsync();
        await ConnectAsync(broker.Address);
    }

    private static async Task ConnectAsync(Uri address)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port), TestContext.Current.CancellationToken);
    }

    private static async Task ExecuteAsync(string database, string statement)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false, Timeout = 5 }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}

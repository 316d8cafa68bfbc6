using System.Net;
using System.Net.Sockets;
using System.Text;
using Testcontainers.RabbitMq;
using Zweizeiler.Testing.Servers;

namespace Zweizeiler.Testing;

/// <summary>
/// A RabbitMQ of a test's own, which can be stopped, killed and started again on the same port with the same queues.
/// Tests that need no outage take a virtual host from <see cref="TestServers"/> instead.
/// </summary>
public sealed class StoppableBroker : IAsyncDisposable
{
    private const string User = "tests";
    private const string Password = "only-for-tests";
    private const ushort ManagementPort = 15672;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private static readonly byte[] ProtocolHeader = [.. "AMQP"u8, 0, 0, 9, 1];

    private readonly IHost _host;
    private readonly int _port;

    private StoppableBroker(IHost host, int port, int managementPort)
    {
        _host = host;
        _port = port;
        Address = new Uri($"amqp://{User}:{Password}@127.0.0.1:{port}");
        Management = new RabbitMqManagement(new Uri($"http://127.0.0.1:{managementPort}"), User, Password);
    }

    /// <summary>amqp address with user and password, virtual host "/".</summary>
    public Uri Address { get; }

    internal RabbitMqManagement Management { get; }

    /// <summary>Starts a new, empty broker.</summary>
    public static async Task<StoppableBroker> StartNewAsync()
    {
        var (port, managementPort) = (FreePort.Next(), FreePort.Next());
        var broker = new StoppableBroker(TestEnvironment.UseContainers ? Container(port, managementPort) : Native(port, managementPort), port, managementPort);
        try
        {
            await broker.StartAsync();
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the broker again and waits until it answers.</summary>
    public async Task StartAsync()
    {
        await _host.StartAsync();
        try
        {
            await Eventually.Passes(StartLimit, AnswerAsync);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"RabbitMQ did not start: {e.Message}\n{await _host.OutputAsync()}", e);
        }
    }

    /// <summary>A clean stop: connections are closed by the broker.</summary>
    public Task StopAsync() => _host.StopAsync();

    /// <summary>kill -9: connections break.</summary>
    public Task KillAsync() => _host.KillAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Management.Dispose();
        await _host.DisposeAsync();
    }

    private static NativeHost Native(int port, int managementPort) => new("rabbitmq.sh", port, new Dictionary<string, string>
    {
        ["RABBITMQ_DEFAULT_USER"] = User,
        ["RABBITMQ_DEFAULT_PASS"] = Password,
        ["RABBITMQ_MANAGEMENT_PORT"] = $"{managementPort}",
    });

    private static ContainerHost Container(int port, int managementPort) => new(
        new RabbitMqBuilder(TestEnvironment.RabbitMqImage)
            .WithUsername(User)
            .WithPassword(Password)
            .WithPortBinding(port, RabbitMqBuilder.RabbitMqPort)
            .WithPortBinding(managementPort, ManagementPort)
            .WithResourceMapping(Encoding.UTF8.GetBytes("[rabbitmq_management].\n"), "/etc/rabbitmq/enabled_plugins")
            .Build());

    // The port opens before the broker is ready; it is ready when it answers a client's protocol header.
    private async Task AnswerAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _port), limit.Token);
        await socket.SendAsync(ProtocolHeader, limit.Token);
        if (await socket.ReceiveAsync(new byte[8], limit.Token) == 0)
            throw new IOException("The broker closed the connection.");
        await Management.AnswerAsync(limit.Token);
    }
}

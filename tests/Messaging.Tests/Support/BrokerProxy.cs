using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Zweizeiler.Messaging.Tests.Support;

/// <summary>Stands between a service and the broker, to cut the line or to hold it while it looks intact.</summary>
internal sealed class BrokerProxy : IAsyncDisposable
{
    private readonly Uri _broker;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly IPEndPoint _here;
    private TcpListener? _listener;
    private TaskCompletionSource _flowing = new();

    public BrokerProxy(string broker)
    {
        _broker = new Uri(broker);
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _here = (IPEndPoint)_listener.LocalEndpoint;
        _flowing.SetResult();
        _ = AcceptAsync(_listener);
    }

    public string Address => new UriBuilder(_broker) { Host = "127.0.0.1", Port = _here.Port }.Uri.ToString();

    /// <summary>As when the broker's machine is gone: connections break, new ones are refused.</summary>
    public void Cut()
    {
        Interlocked.Exchange(ref _listener, null)?.Stop();
        while (_clients.TryTake(out var client))
        {
            client.Dispose();
        }
    }

    /// <summary>As when the broker hangs: nothing breaks, nothing comes.</summary>
    public void Hold() => _flowing = new TaskCompletionSource();

    public void Mend()
    {
        _flowing.TrySetResult();
        if (_listener is null)
        {
            _listener = new TcpListener(_here);
            _listener.Start();
            _ = AcceptAsync(_listener);
        }
    }

    public ValueTask DisposeAsync()
    {
        _stop.Cancel();
        _flowing.TrySetResult();
        Cut();
        _stop.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(_stop.Token);
                var server = new TcpClient();
                _clients.Add(client);
                _clients.Add(server);
                await server.ConnectAsync(_broker.Host, _broker.Port, _stop.Token);
                _ = PumpAsync(client, server);
                _ = PumpAsync(server, client);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _stop.Token) is > 0 and var count)
            {
                await _flowing.Task;
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or OperationCanceledException or SocketException)
        {
            // Cut.
        }

        from.Dispose();
        to.Dispose();
    }
}

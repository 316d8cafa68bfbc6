using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Zweizeiler.Testing;

/// <summary>A server on this machine that is talked to line by line, as mail servers are, and that can go away and come back.</summary>
public abstract class LineServer : IDisposable
{
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private TcpListener _listener;

    /// <summary>Listens, on a port of its own if none is given.</summary>
    protected LineServer(int? port = null)
    {
        _listener = Listen(port ?? 0);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Takes nobody any more and hangs up on all who are there.</summary>
    public void GoAway()
    {
        _listener.Stop();
        foreach (var client in _open.Keys)
        {
            client.Dispose();
        }
    }

    /// <summary>Listens at the same port again.</summary>
    public void ComeBack() => _listener = Listen(Port);

    /// <inheritdoc />
    public void Dispose()
    {
        GoAway();
        GC.SuppressFinalize(this);
    }

    /// <summary>Talks to one client; when this ends the connection does.</summary>
    protected abstract Task TalkAsync(StreamReader reader, StreamWriter writer);

    private TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _ = AcceptAsync(listener);
        return listener;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                _open[client] = true;
                _ = TalkAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It went away.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using var closing = client;
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\r\n" };
            await TalkAsync(reader, writer);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException or InvalidOperationException)
        {
            // The other side is gone, or this one.
        }
        finally
        {
            _open.TryRemove(client, out _);
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Zweizeiler.FaultInjection.Traffic;

/// <summary>A mail server (RFC 5321) that takes everything, counts it, and can go away.</summary>
internal sealed class MailSink : IDisposable
{
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private TcpListener _listener;
    private int _taken;

    private MailSink(TcpListener listener) => _listener = listener;

    public int Port { get; private init; }

    public int Taken => _taken;

    public static MailSink Start()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var sink = new MailSink(listener) { Port = ((IPEndPoint)listener.LocalEndpoint).Port };
        _ = sink.AcceptAsync(listener);
        return sink;
    }

    public void GoAway()
    {
        _listener.Stop();
        foreach (var client in _open.Keys)
        {
            client.Dispose();
        }
    }

    public void ComeBack()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    public void Dispose() => GoAway();

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
            await writer.WriteLineAsync("220 sink");
            while (await reader.ReadLineAsync() is { } line)
            {
                switch (line.Split(' ', ':')[0].ToUpperInvariant())
                {
                    case "EHLO":
                        await writer.WriteLineAsync("250-sink");
                        await writer.WriteLineAsync("250 8BITMIME");
                        break;
                    case "DATA":
                        await writer.WriteLineAsync("354 go on");
                        while (await reader.ReadLineAsync() is { } text && text != ".")
                        {
                        }

                        Interlocked.Increment(ref _taken);
                        await writer.WriteLineAsync("250 taken");
                        break;
                    case "QUIT":
                        await writer.WriteLineAsync("221 bye");
                        return;
                    default:
                        await writer.WriteLineAsync("250 fine");
                        break;
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
        {
            // The other side is gone, or this one.
        }
        finally
        {
            _open.TryRemove(client, out _);
        }
    }
}

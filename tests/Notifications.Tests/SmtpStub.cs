using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Zweizeiler.Notifications.Tests;

/// <summary>A mail server (RFC 5321) that keeps what it takes, and refuses, hangs up or goes away as a test wants.</summary>
internal sealed class SmtpStub : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<TcpClient> _open = [];
    private TcpListener _listener;

    private SmtpStub(TcpListener listener) => _listener = listener;

    public ConcurrentQueue<(string From, string To, MimeKit.MimeMessage Message)> Taken { get; } = new();

    public ConcurrentQueue<string> Logins { get; } = new();

    /// <summary>What is said to a recipient.</summary>
    public Func<string, string> Recipient { get; set; } = _ => "250 fine";

    /// <summary>What is said to a whole message; null: nothing, the connection breaks after it was taken.</summary>
    public Func<string?> Message { get; set; } = () => "250 taken";

    /// <summary>Breaks the connection after the message was taken and its answer was sent, before any farewell.</summary>
    public bool HangsUp { get; set; }

    public int Port { get; private init; }

    public static SmtpStub Start(int? port = null)
    {
        var listener = new TcpListener(IPAddress.Loopback, port ?? 0);
        listener.Start();
        var stub = new SmtpStub(listener) { Port = ((IPEndPoint)listener.LocalEndpoint).Port };
        _ = stub.AcceptAsync();
        return stub;
    }

    public void GoAway()
    {
        _listener.Stop();
        foreach (var client in _open)
        {
            client.Dispose();
        }
    }

    public void ComeBack()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _ = AcceptAsync();
    }

    public void Dispose()
    {
        _stop.Cancel();
        GoAway();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _open.Add(client);
                _ = TalkAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It went away.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using var _ = client;
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\r\n" };
            await writer.WriteLineAsync("220 stub");
            var (from, to) = ("", "");
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                switch (line.Split(' ', ':')[0].ToUpperInvariant())
                {
                    case "EHLO":
                        await writer.WriteLineAsync("250-stub");
                        await writer.WriteLineAsync("250-AUTH PLAIN");
                        await writer.WriteLineAsync("250 8BITMIME");
                        break;
                    case "AUTH":
                        Logins.Enqueue(Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2])));
                        await writer.WriteLineAsync("235 welcome");
                        break;
                    case "MAIL":
                        from = Address(line);
                        await writer.WriteLineAsync("250 fine");
                        break;
                    case "RCPT":
                        to = Address(line);
                        await writer.WriteLineAsync(Recipient(to));
                        break;
                    case "DATA":
                        await writer.WriteLineAsync("354 go on");
                        var message = await ReadMessageAsync(reader);
                        if (Message() is not { } answer)
                        {
                            Taken.Enqueue((from, to, message));
                            return;
                        }

                        if (answer.StartsWith('2'))
                        {
                            Taken.Enqueue((from, to, message));
                        }

                        await writer.WriteLineAsync(answer);
                        if (HangsUp)
                        {
                            return;
                        }

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
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The other side is gone, or this one.
        }
    }

    private async Task<MimeKit.MimeMessage> ReadMessageAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
        {
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return await MimeKit.MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
}

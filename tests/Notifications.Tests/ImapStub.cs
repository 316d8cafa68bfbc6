using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Zweizeiler.Notifications.Tests;

/// <summary>A mailbox (RFC 3501), as far as somebody needs who looks for new messages and marks them as seen.</summary>
internal sealed class ImapStub : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<(byte[] Raw, bool Seen)> _messages = [];
    private readonly Lock _lock = new();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public bool AllSeen
    {
        get
        {
            lock (_lock)
            {
                return _messages.TrueForAll(m => m.Seen);
            }
        }
    }

    public static ImapStub Start()
    {
        var stub = new ImapStub();
        stub._listener.Start();
        _ = stub.AcceptAsync();
        return stub;
    }

    public void Put(MimeKit.MimeMessage message)
    {
        using var raw = new MemoryStream();
        message.WriteTo(MimeKit.FormatOptions.Default, raw, TestContext.Current.CancellationToken);
        var text = Encoding.UTF8.GetString(raw.ToArray()).ReplaceLineEndings("\r\n");
        lock (_lock)
        {
            _messages.Add((Encoding.UTF8.GetBytes(text), false));
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using var _ = client;
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            await SayAsync(stream, "* OK [CAPABILITY IMAP4rev1] ready");
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                var parts = line.Split(' ');
                var command = string.Join(' ', parts[1..]).ToUpperInvariant();
                foreach (var answer in Answers(command))
                {
                    await SayAsync(stream, answer);
                }

                await SayAsync(stream, command.StartsWith("SELECT", StringComparison.Ordinal) ? $"{parts[0]} OK [READ-WRITE] done" : $"{parts[0]} OK done");
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The other side is gone, or this one.
        }
    }

    private List<string> Answers(string command)
    {
        lock (_lock)
        {
            if (command.StartsWith("CAPABILITY", StringComparison.Ordinal))
            {
                return ["* CAPABILITY IMAP4rev1"];
            }

            if (command.StartsWith("LIST", StringComparison.Ordinal))
            {
                return ["* LIST () \"/\" INBOX"];
            }

            if (command.StartsWith("SELECT", StringComparison.Ordinal))
            {
                return [$"* {_messages.Count} EXISTS", "* 0 RECENT", "* FLAGS (\\Seen \\Deleted)", "* OK [PERMANENTFLAGS (\\Seen \\Deleted)] fine", "* OK [UIDVALIDITY 1] fine", $"* OK [UIDNEXT {_messages.Count + 1}] fine"];
            }

            if (command.StartsWith("UID SEARCH", StringComparison.Ordinal))
            {
                return ["* SEARCH" + string.Concat(_messages.Select((m, i) => m.Seen ? "" : $" {i + 1}"))];
            }

            if (command.StartsWith("UID FETCH", StringComparison.Ordinal))
            {
                return [.. Numbers(command.Split(' ')[2]).Select(n => command.Contains("BODY", StringComparison.Ordinal)
                    ? $"* {n} FETCH (UID {n} BODY[] {{{_messages[n - 1].Raw.Length}}}\r\n{Encoding.UTF8.GetString(_messages[n - 1].Raw)})"
                    : $"* {n} FETCH (UID {n} RFC822.SIZE {_messages[n - 1].Raw.Length})")];
            }

            if (command.StartsWith("UID STORE", StringComparison.Ordinal))
            {
                foreach (var n in Numbers(command.Split(' ')[2]))
                {
                    _messages[n - 1] = (_messages[n - 1].Raw, true);
                }
            }

            return [];
        }
    }

    private static IEnumerable<int> Numbers(string set) => set.Split(',').SelectMany(part =>
    {
        var ends = part.Split(':').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    });

    private ValueTask SayAsync(NetworkStream stream, string line) => stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), _stop.Token);
}

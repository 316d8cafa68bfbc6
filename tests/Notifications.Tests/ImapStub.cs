using System.Globalization;
using System.Text;

namespace Zweizeiler.Notifications.Tests;

/// <summary>A mailbox (RFC 3501), as far as somebody needs who looks for new messages and marks them as seen.</summary>
internal sealed class ImapStub : LineServer
{
    private readonly List<(byte[] Raw, long Size, bool Seen)> _messages = [];
    private readonly Lock _lock = new();

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

    public static ImapStub Start() => new();

    /// <param name="message">A message that has come in.</param>
    /// <param name="size">How large it is said to be, if not as large as it is.</param>
    public void Put(MimeKit.MimeMessage message, long? size = null)
    {
        using var written = new MemoryStream();
        message.WriteTo(MimeKit.FormatOptions.Default, written, TestContext.Current.CancellationToken);
        var text = Encoding.UTF8.GetString(written.ToArray()).ReplaceLineEndings("\r\n");
        lock (_lock)
        {
            var raw = Encoding.UTF8.GetBytes(text);
            _messages.Add((raw, size ?? raw.Length, false));
        }
    }

    protected override async Task TalkAsync(StreamReader reader, StreamWriter writer)
    {
        await writer.WriteLineAsync("* OK [CAPABILITY IMAP4rev1] ready");
        while (await reader.ReadLineAsync() is { } line)
        {
            var parts = line.Split(' ');
            var command = string.Join(' ', parts[1..]).ToUpperInvariant();
            foreach (var answer in Answers(command))
            {
                await writer.WriteLineAsync(answer);
            }

            await writer.WriteLineAsync(command.StartsWith("SELECT", StringComparison.Ordinal) ? $"{parts[0]} OK [READ-WRITE] done" : $"{parts[0]} OK done");
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
                return [.. Numbers(command.Split(' ')[2]).Select(n => command.Contains("HEADER", StringComparison.Ordinal)
                    ? Part(n, "HEADER", Head(_messages[n - 1].Raw))
                    : command.Contains("BODY", StringComparison.Ordinal) ? Part(n, "", _messages[n - 1].Raw)
                    : $"* {n} FETCH (UID {n} RFC822.SIZE {_messages[n - 1].Size})")];
            }

            if (command.StartsWith("UID STORE", StringComparison.Ordinal))
            {
                foreach (var n in Numbers(command.Split(' ')[2]))
                {
                    _messages[n - 1] = _messages[n - 1] with { Seen = true };
                }
            }

            return [];
        }
    }

    private static string Part(int number, string section, byte[] raw) =>
        $"* {number} FETCH (UID {number} BODY[{section}] {{{raw.Length}}}\r\n{Encoding.UTF8.GetString(raw)})";

    private static byte[] Head(byte[] raw) => raw[..(raw.AsSpan().IndexOf("\r\n\r\n"u8) + 4)];

    private static IEnumerable<int> Numbers(string set) => set.Split(',').SelectMany(part =>
    {
        var ends = part.Split(':').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    });
}

using System.Globalization;
using System.Text;

namespace Zweizeiler.Notifications.Tests;

/// <summary>A mailbox (RFC 3501), as far as somebody needs who looks for new messages and marks them as seen.</summary>
internal sealed class ImapStub : LineServer
{
    private readonly List<(byte[] Raw, bool Seen)> _messages = [];
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
}

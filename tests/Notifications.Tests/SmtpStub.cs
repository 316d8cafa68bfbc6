using System.Collections.Concurrent;
using System.Text;

namespace Zweizeiler.Notifications.Tests;

/// <summary>A mail server (RFC 5321) that keeps what it takes, and refuses, hangs up or goes away as a test wants.</summary>
internal sealed class SmtpStub : LineServer
{
    private SmtpStub(int? port)
        : base(port)
    {
    }

    public ConcurrentQueue<(string From, string To, MimeKit.MimeMessage Message)> Taken { get; } = new();

    public ConcurrentQueue<string> Logins { get; } = new();

    /// <summary>What is said to a recipient.</summary>
    public Func<string, string> Recipient { get; set; } = _ => "250 fine";

    /// <summary>What is said to a whole message; null: nothing, the connection breaks after it was taken.</summary>
    public Func<string?> Message { get; set; } = () => "250 taken";

    /// <summary>Breaks the connection after the message was taken and its answer was sent, before any farewell.</summary>
    public bool HangsUp { get; set; }

    /// <summary>What is said when somebody leaves.</summary>
    public string Farewell { get; set; } = "221 bye";

    /// <summary>What happens between taking a message and saying so.</summary>
    public Func<Task>? BeforeAnswer { get; set; }

    public static SmtpStub Start(int? port = null) => new(port);

    protected override async Task TalkAsync(StreamReader reader, StreamWriter writer)
    {
        await writer.WriteLineAsync("220 stub");
        var (from, to) = ("", "");
        while (await reader.ReadLineAsync() is { } line)
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
                    if (BeforeAnswer is not null)
                    {
                        await BeforeAnswer();
                    }

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
                    await writer.WriteLineAsync(Farewell);
                    return;
                default:
                    await writer.WriteLineAsync("250 fine");
                    break;
            }
        }
    }

    private static async Task<MimeKit.MimeMessage> ReadMessageAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".")
        {
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return await MimeKit.MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
}

using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>What a mail server said.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Reason">Status code or kind of failure; never a text of the server, which may repeat the address.</param>
public sealed record MailOutcome(MailOutcomeKind Kind, string Reason);

public enum MailOutcomeKind
{
    Taken,

    /// <summary>Try again later.</summary>
    Failed,

    /// <summary>The recipient's address will never work.</summary>
    Refused,
}

/// <summary>Hands a message to the mail server, or lays it into the pickup folder.</summary>
public sealed class MailTransport(IOptions<MailOptions> options)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private static readonly MailOutcome Taken = new(MailOutcomeKind.Taken, "250");

    public async Task<MailOutcome> SendAsync(MimeMessage message, MailboxAddress sender, CancellationToken cancellationToken)
    {
        try
        {
            return options.Value switch
            {
                { PickupFolder: { Length: > 0 } folder } => await LayDownAsync(folder, message, cancellationToken),
                { Smtp: { } server } => await SendAsync(server, message, sender, cancellationToken),
                _ => throw new InvalidOperationException("Mail:Smtp or Mail:PickupFolder must be set."),
            };
        }
        catch (SmtpCommandException e) when (e.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)e.StatusCode is >= 550 and < 560)
        {
            return new MailOutcome(MailOutcomeKind.Refused, $"{(int)e.StatusCode}");
        }
        catch (Exception e) when (e is IOException or SocketException or CommandException or ProtocolException or OperationCanceledException
            or UnauthorizedAccessException or AuthenticationException or SslHandshakeException or NotSupportedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new MailOutcome(MailOutcomeKind.Failed, e is SmtpCommandException said ? $"{(int)said.StatusCode}" : e.GetType().Name);
        }
    }

    private async Task<MailOutcome> SendAsync(Uri server, MimeMessage message, MailboxAddress sender, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        using var client = new SmtpClient();
        var security = (server.Scheme, options.Value.Security) switch
        {
            ("smtps", _) => SecureSocketOptions.SslOnConnect,
            (_, MailSecurity.StartTls) => SecureSocketOptions.StartTls,
            (_, MailSecurity.None) => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTlsWhenAvailable,
        };
        await client.ConnectAsync(server.Host, server.Port > 0 ? server.Port : server.Scheme == "smtps" ? 465 : 25, security, limit.Token);
        var (user, password) = server.UserInfo.Split(':', 2) is [{ Length: > 0 } name, var word]
            ? (Uri.UnescapeDataString(name), Uri.UnescapeDataString(word))
            : (options.Value.User, options.Value.Password);
        if (!string.IsNullOrEmpty(user))
        {
            await client.AuthenticateAsync(user, password ?? "", limit.Token);
        }

        await client.SendAsync(message, sender, message.To.Mailboxes, limit.Token);
        await LeaveAsync(client, limit.Token);
        return Taken;
    }

    /// <summary>The server has taken it. Nothing is sent twice because a farewell is broken off, refused, late or not understood.</summary>
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or CommandException or ProtocolException or OperationCanceledException or InvalidOperationException)
        {
            // The connection is closed with the client.
        }
    }

    private static async Task<MailOutcome> LayDownAsync(string folder, MimeMessage message, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        // The name comes from the Message-ID: sent twice, it is still one file. Renamed when complete, so nobody reads half of it.
        var name = message.MessageId!.Split('@')[0];
        var unfinished = Path.Combine(folder, $".{name}.{Environment.ProcessId}.tmp");
        await message.WriteToAsync(unfinished, cancellationToken);
        File.Move(unfinished, Path.Combine(folder, $"{name}.eml"), overwrite: true);
        return Taken;
    }
}

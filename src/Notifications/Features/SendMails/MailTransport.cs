using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>Hands a message to the mail server, or lays it into the pickup folder.</summary>
public sealed class MailTransport(IOptions<MailOptions> options)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <exception cref="IOException">Not sent; also the other exceptions of MailKit and sockets.</exception>
    public Task SendAsync(MimeMessage message, CancellationToken cancellationToken) => options.Value switch
    {
        { PickupFolder: { Length: > 0 } folder } => LayDownAsync(folder, message, cancellationToken),
        { Smtp: { } server } => SendAsync(server, message, cancellationToken),
        _ => throw new InvalidOperationException("Mail:Smtp or Mail:PickupFolder must be set."),
    };

    private static async Task SendAsync(Uri server, MimeMessage message, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        using var client = new SmtpClient();
        var security = server.Scheme == "smtps" ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable;
        await client.ConnectAsync(server.Host, server.Port > 0 ? server.Port : 25, security, limit.Token);
        if (server.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password])
        {
            await client.AuthenticateAsync(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password), limit.Token);
        }

        await client.SendAsync(message, limit.Token);
        await client.DisconnectAsync(quit: true, limit.Token);
    }

    private static async Task LayDownAsync(string folder, MimeMessage message, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        // The name comes from the Message-ID: sent twice, it is still one file. Renamed when complete, so nobody reads half of it.
        var name = message.MessageId!.Split('@')[0];
        var unfinished = Path.Combine(folder, $".{name}.{Environment.ProcessId}.tmp");
        await message.WriteToAsync(unfinished, cancellationToken);
        File.Move(unfinished, Path.Combine(folder, $"{name}.eml"), overwrite: true);
    }
}

using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using Zweizeiler.Notifications.Features.SendMails;

namespace Zweizeiler.Notifications.Features.ReceiveMails;

/// <summary>
/// Looks into a mailbox regularly, if one is configured. What was worked off is marked as seen; whoever dies in between finds it again, and it is
/// recognised. Several replicas may look: each message has an effect once.
/// </summary>
public sealed partial class ImapWorker(IServiceScopeFactory scopes, IOptions<MailOptions> options, TimeProvider time, ILogger<ImapWorker> logger) : BackgroundService
{
    private const uint MostBytes = 10 * 1024 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Inbound.Imap is not { } server)
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                limit.CancelAfter(Limit);
                await EmptyAsync(server, limit.Token);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.GetType().Name);
            }

            await Task.Delay(options.Value.Inbound.Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task EmptyAsync(Uri server, CancellationToken cancellationToken)
    {
        using var client = new ImapClient();
        var secure = server.Scheme == "imaps";
        await client.ConnectAsync(
            server.Host, server.Port > 0 ? server.Port : secure ? 993 : 143,
            secure ? SecureSocketOptions.SslOnConnect : options.Value.Security == MailSecurity.None ? SecureSocketOptions.None : SecureSocketOptions.StartTlsWhenAvailable,
            cancellationToken);
        var user = server.UserInfo.Split(':', 2);
        await client.AuthenticateAsync(Uri.UnescapeDataString(user[0]), user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "", cancellationToken);
        var box = client.Inbox ?? throw new InvalidOperationException("The mailbox has no inbox.");
        await box.OpenAsync(FolderAccess.ReadWrite, cancellationToken);
        var found = await box.SearchAsync(SearchQuery.NotSeen, cancellationToken);
        foreach (var summary in await box.FetchAsync(found, MessageSummaryItems.UniqueId | MessageSummaryItems.Size, cancellationToken))
        {
            await TakeAsync(box, summary.UniqueId, isWhole: summary.Size <= MostBytes, cancellationToken);
            await box.AddFlagsAsync(summary.UniqueId, MessageFlags.Seen, silent: true, cancellationToken);
        }

        await client.DisconnectAsync(quit: true, cancellationToken);
    }

    /// <summary>Of a message that is too large only the head is read, to say so to whoever wrote it.</summary>
    private async Task TakeAsync(IMailFolder box, UniqueId id, bool isWhole, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var inbound = scope.ServiceProvider.GetRequiredService<InboundMails>();
            if (isWhole)
            {
                using var message = await box.GetMessageAsync(id, cancellationToken);
                await inbound.TakeAsync(message, cancellationToken);
            }
            else
            {
                using var head = new MimeMessage(await box.GetHeadersAsync(id, cancellationToken));
                await inbound.TakeHeadAsync(head, cancellationToken);
            }
        }
        catch (FormatException)
        {
            // No message at all; it would not become one.
            LogFailed(nameof(FormatException));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mailbox could not be emptied ({Error}); it is tried again")]
    private partial void LogFailed(string error);
}

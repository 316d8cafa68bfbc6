using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using Microsoft.Extensions.Options;
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
            if (summary.Size <= MostBytes)
            {
                await TakeAsync(box, summary.UniqueId, cancellationToken);
            }

            await box.AddFlagsAsync(summary.UniqueId, MessageFlags.Seen, silent: true, cancellationToken);
        }

        await client.DisconnectAsync(quit: true, cancellationToken);
    }

    private async Task TakeAsync(IMailFolder box, UniqueId id, CancellationToken cancellationToken)
    {
        try
        {
            using var message = await box.GetMessageAsync(id, cancellationToken);
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<InboundMails>().TakeAsync(message, cancellationToken);
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

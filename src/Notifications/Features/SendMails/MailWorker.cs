using System.Net.Sockets;
using MailKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Text;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.Notifications.Workers;

namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>Words mails and hands them over. A recipient who is not known yet (her message is still on its way) is waited for.</summary>
public sealed partial class MailWorker(
    IServiceScopeFactory scopes,
    MailTransport transport,
    IOptions<MailOptions> options,
    IConfiguration configuration,
    TimeProvider time,
    ILogger<MailWorker> logger) : DueWorker<Mail>(scopes, time, logger)
{
    private readonly ILogger _logger = logger;

    protected override RetrySchedule Schedule => RetrySchedule.Mails;

    protected override FormattableString Take(DateTimeOffset now, DateTimeOffset leaseUntil, int most) =>
        $"""
        UPDATE mails SET lease_until = {leaseUntil}
        WHERE id IN (
            SELECT id FROM mails
            WHERE state = 'waiting' AND due_at <= {now} AND (lease_until IS NULL OR lease_until < {now})
            ORDER BY due_at LIMIT {most} FOR UPDATE SKIP LOCKED)
        RETURNING id AS "Value"
        """;

    protected override async Task<bool> SendAsync(
        NotificationsDbContext db, Mail sending, IServiceProvider services, CancellationToken cancellationToken)
    {
        var recipient = await db.Recipients.AsNoTracking().SingleOrDefaultAsync(r => r.Id == sending.RecipientId, cancellationToken);
        var told = await db.Events.IgnoreQueryFilters().AsNoTracking().SingleAsync(e => e.Id == sending.EventId, cancellationToken);
        if (recipient is not { Email.Length: > 0 })
        {
            LogNotSent(sending.Id, "RecipientUnknown");
            return false;
        }

        using var message = Compose(sending, recipient, told);
        try
        {
            await transport.SendAsync(message, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is IOException or SocketException or CommandException or ProtocolException or OperationCanceledException
            or UnauthorizedAccessException or MailKit.Security.AuthenticationException or MailKit.Security.SslHandshakeException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            LogNotSent(sending.Id, e.GetType().Name);
            return false;
        }
    }

    private MimeMessage Compose(Mail mail, Recipient recipient, JobEvent told)
    {
        var publicUrl = configuration.GetValue<Uri>("PublicUrl") ?? throw new InvalidOperationException("PublicUrl is not set.");
        var from = MailboxAddress.Parse(options.Value.From);
        var words = MailTemplates.Word(mail.Template, recipient, told, publicUrl);
        var message = new MimeMessage
        {
            MessageId = $"{mail.Id:N}@{from.Domain}",
            Subject = words.Subject,
            Date = told.OccurredAt,
            Body = new MultipartAlternative
            {
                new TextPart(TextFormat.Plain) { Text = words.Text },
                new TextPart(TextFormat.Html) { Text = words.Html },
            },
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(recipient.Name, recipient.Email));
        // Nobody's out-of-office is to answer.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add(HeaderId.ContentLanguage, recipient.Locale);
        return message;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {MailId} was not sent ({Reason}); it is tried again")]
    private partial void LogNotSent(Guid mailId, string reason);
}

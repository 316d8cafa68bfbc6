namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>Section <c>Mail</c>: exactly one of a server and a folder.</summary>
public sealed class MailOptions
{
    /// <summary>Address of the mail server, for example <c>smtp://user:password@mail.example:587</c> or <c>smtps://…:465</c>.</summary>
    public Uri? Smtp { get; init; }

    /// <summary>User at the mail server, where the address does not say it.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>How the connection is secured.</summary>
    public MailSecurity Security { get; init; }

    /// <summary>Folder in which messages land as <c>.eml</c> instead of being sent; for a developer's own stack.</summary>
    public string? PickupFolder { get; init; }

    /// <summary>Sender, for example <c>Zweizeiler &lt;post@zweizeiler.example&gt;</c>.</summary>
    public string From { get; init; } = "Zweizeiler <post@zweizeiler.example>";

    public InboundOptions Inbound { get; init; } = new();
}

public enum MailSecurity
{
    /// <summary>TLS if the server offers it; with <c>smtps</c> always.</summary>
    Auto,

    /// <summary>No TLS, no mail.</summary>
    StartTls,

    None,
}

/// <summary>Section <c>Mail:Inbound</c>: how answers come back. Without an address nobody is asked to reply.</summary>
public sealed class InboundOptions
{
    /// <summary>Address that replies go to, for example <c>reply@zweizeiler.example</c>; the server must take <c>reply+…</c> for it too.</summary>
    public string? Address { get; init; }

    /// <summary>Mailbox that is emptied regularly, for example <c>imaps://user:password@mail.example</c>.</summary>
    public Uri? Imap { get; init; }

    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>With which a mail server may post messages to <c>/notifications/inbound</c>; at least 32 characters.</summary>
    public string? Secret { get; init; }
}

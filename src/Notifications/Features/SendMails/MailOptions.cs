namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>Section <c>Mail</c>: exactly one of a server and a folder.</summary>
public sealed class MailOptions
{
    /// <summary>Address of the mail server, for example <c>smtp://user:password@mail.example:587</c> or <c>smtps://…:465</c>.</summary>
    public Uri? Smtp { get; init; }

    /// <summary>Folder in which messages land as <c>.eml</c> instead of being sent; for a developer's own stack.</summary>
    public string? PickupFolder { get; init; }

    /// <summary>Sender, for example <c>Zweizeiler &lt;post@zweizeiler.example&gt;</c>.</summary>
    public string From { get; init; } = "Zweizeiler <post@zweizeiler.example>";
}

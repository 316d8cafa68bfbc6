namespace Zweizeiler.Notifications.Domain;

/// <summary>
/// A mail to be sent: who, which and about what. It is worded when it is sent, so no name and no address rests here. Its id makes the
/// Message-ID: a mail sent twice after a crash is recognised as the same.
/// </summary>
public sealed class Mail : Sending
{
    public required Guid RecipientId { get; init; }

    public required string Template { get; init; }
}

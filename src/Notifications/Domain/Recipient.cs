namespace Zweizeiler.Notifications.Domain;

/// <summary>Somebody who is told things: a merchant or a translator. A copy of what the owner of the data last said.</summary>
public sealed class Recipient
{
    public required Guid Id { get; init; }

    public required RecipientKind Kind { get; init; }

    /// <summary>Messages may overtake each other; only a newer version replaces what is known.</summary>
    public int Version { get; private set; }

    public string Name { get; private set; } = "";

    public string Email { get; private set; } = "";

    /// <summary><c>de</c> or <c>en</c>.</summary>
    public string Locale { get; private set; } = "de";

    public string TimeZone { get; private set; } = "Europe/Berlin";

    public void Learn(int version, string name, string email, string locale, string timeZone)
    {
        if (version > Version)
        {
            (Version, Name, Email, Locale, TimeZone) = (version, name, email, locale, timeZone);
        }
    }
}

public enum RecipientKind
{
    Merchant,
    Translator,
}

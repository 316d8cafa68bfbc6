using Zweizeiler.Contracts;

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

    /// <summary>A merchant's; opens questions that are mailed, and seals answers that come back.</summary>
    public WrappedDataKey? DataKey { get; private set; }

    /// <summary>When the first accepted job was thanked for.</summary>
    public DateTimeOffset? ThankedAt { get; private set; }

    public TimeZoneInfo Zone => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var found) ? found : TimeZoneInfo.Utc;

    public void Learn(int version, string name, string email, string locale, string timeZone, WrappedDataKey? dataKey = null)
    {
        if (version > Version)
        {
            (Version, Name, Email, Locale, TimeZone, DataKey) = (version, name, email, locale, timeZone, dataKey);
        }
    }

    /// <summary>Returns whether it is the first time.</summary>
    public bool Thank(DateTimeOffset now)
    {
        if (ThankedAt is not null)
        {
            return false;
        }

        ThankedAt = now;
        return true;
    }
}

public enum RecipientKind
{
    Merchant,
    Translator,
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Zweizeiler.Client;

/// <summary>What we tell you by mail, and when. Mails are about live jobs only, so changing this takes a live key.</summary>
public sealed class NotificationPreferencesResource
{
    private const string Path = "v1/notification-preferences";

    private readonly ApiTransport _transport;

    internal NotificationPreferencesResource(ApiTransport transport) => _transport = transport;

    /// <summary>Reads what is told by mail.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<MailPreferences> GetAsync(CancellationToken cancellationToken = default) =>
        _transport.GetTaggedAsync(Path, ApiJson.Default.MailPreferences, cancellationToken);

    /// <summary>Changes what is told by mail; refused with 412 if somebody else has changed it since it was read.</summary>
    /// <param name="eTag"><see cref="MailPreferences.ETag"/> of the preferences as they were read.</param>
    /// <param name="change">What changes.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<MailPreferences> UpdateAsync(string eTag, MailPreferencesChange change, CancellationToken cancellationToken = default) =>
        _transport.ChangeAsync(
            HttpMethod.Patch, Path, eTag, change, ApiJson.Default.MailPreferencesChange, ApiJson.Default.MailPreferences, cancellationToken);
}

/// <summary>What is told by mail, and when.</summary>
public sealed record MailPreferences : ITagged<MailPreferences>
{
    /// <summary><c>on</c>, <c>off</c> or <c>digest</c> for each kind. <c>invoice</c> and <c>security</c> are always on.</summary>
    public IReadOnlyDictionary<string, string> Kinds { get => field ?? ImmutableDictionary<string, string>.Empty; init; }

    /// <summary>When no mail comes; what happens then comes at their end. Null: mails come at any time.</summary>
    public QuietHours? QuietHours { get; init; }

    /// <summary>When the digest comes, <c>HH:mm</c> in your time zone.</summary>
    public required string DigestAt { get; init; }

    /// <summary>Your time zone (IANA), in which these times are meant.</summary>
    public required string TimeZone { get; init; }

    /// <summary><c>bounced</c>: your address does not take our mails, and we have stopped sending. Otherwise <c>ok</c>.</summary>
    public required string Address { get; init; }

    /// <summary>Needed to change them.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }

    MailPreferences ITagged<MailPreferences>.WithTag(string? tag) => this with { ETag = tag };
}

/// <summary>What is to be different; what is null stays.</summary>
public sealed record MailPreferencesChange
{
    /// <summary><c>on</c>, <c>off</c> or <c>digest</c> by kind; kinds that are not named stay as they are.</summary>
    public IReadOnlyDictionary<string, string>? Kinds { get; init; }

    /// <summary>When no mail comes; empty texts for none.</summary>
    public QuietHours? QuietHours { get; init; }

    /// <summary>When the digest comes, <c>HH:mm</c> in your time zone.</summary>
    public string? DigestAt { get; init; }

    /// <summary><c>ok</c>: send to your address again, although it refused mails.</summary>
    public string? Address { get; init; }
}

/// <summary>When no mail comes.</summary>
/// <param name="From"><c>HH:mm</c>.</param>
/// <param name="To"><c>HH:mm</c>; may lie on the next day.</param>
public sealed record QuietHours(string From, string To);

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Zweizeiler.Client;

/// <summary>What holds for every job unless it says otherwise.</summary>
public sealed class PreferencesResource
{
    private const string Path = "v1/preferences";

    private readonly ApiTransport _transport;

    internal PreferencesResource(ApiTransport transport) => _transport = transport;

    /// <summary>Reads the preferences; they have a tag also before anything was saved.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<MerchantPreferences> GetAsync(CancellationToken cancellationToken = default) =>
        _transport.GetTaggedAsync(Path, ApiJson.Default.MerchantPreferences, cancellationToken);

    /// <summary>
    /// Replaces the preferences as a whole: what is null goes back to what it is without preferences (<see cref="NewPreferences.Notifications"/>
    /// stay). Refused with 412 if somebody else has changed them since they were read.
    /// </summary>
    /// <param name="eTag"><see cref="MerchantPreferences.ETag"/> of the preferences as they were read.</param>
    /// <param name="preferences">All of them.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<MerchantPreferences> ReplaceAsync(string eTag, NewPreferences preferences, CancellationToken cancellationToken = default) =>
        _transport.ChangeAsync(
            HttpMethod.Put, Path, eTag, preferences, ApiJson.Default.NewPreferences, ApiJson.Default.MerchantPreferences, cancellationToken);
}

/// <summary>The preferences.</summary>
public sealed record MerchantPreferences : ITagged<MerchantPreferences>
{
    /// <summary>Fills what a job's own brief leaves out.</summary>
    public DefaultBrief? Brief { get; init; }

    /// <summary>After so many days texts are erased; amounts and counts stay.</summary>
    public int RetentionDays { get; init; }

    /// <summary>Translators who are asked first.</summary>
    public IReadOnlyList<string> PreferredTranslators { get => field ?? []; init; }

    /// <summary>Translators who are never offered your jobs.</summary>
    public IReadOnlyList<string> BlockedTranslators { get => field ?? []; init; }

    /// <summary>Which glossary a job gets that names none: its id by pair of languages, for example <c>de-fr</c>.</summary>
    public IReadOnlyDictionary<string, string> Glossaries { get => field ?? ImmutableDictionary<string, string>.Empty; init; }

    /// <summary>How we write to you.</summary>
    public NotificationPreferences? Notifications { get; init; }

    /// <summary>Null if they were never saved.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Needed to replace them.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }

    MerchantPreferences ITagged<MerchantPreferences>.WithTag(string? tag) => this with { ETag = tag };
}

/// <summary>Preferences to be saved.</summary>
public sealed record NewPreferences
{
    /// <summary>Fills what a job's own brief leaves out.</summary>
    public DefaultBrief? Brief { get; init; }

    /// <summary>After so many days texts are erased. Null: 365.</summary>
    public int? RetentionDays { get; init; }

    /// <summary>Translators who are asked first, <c>trn_…</c>.</summary>
    public IReadOnlyList<string>? PreferredTranslators { get; init; }

    /// <summary>Translators who are never offered your jobs.</summary>
    public IReadOnlyList<string>? BlockedTranslators { get; init; }

    /// <summary>A glossary's id by pair of languages, for example <c>de-fr</c>.</summary>
    public IReadOnlyDictionary<string, string>? Glossaries { get; init; }

    /// <summary>How we write to you; the same for live and test keys.</summary>
    public NotificationPreferences? Notifications { get; init; }
}

/// <summary>A brief without what belongs to a single customer.</summary>
public sealed record DefaultBrief
{
    /// <summary><c>formal</c>, <c>informal</c> or <c>auto</c>.</summary>
    public string? Formality { get; init; }

    /// <summary>A word on the tone, for example <c>friendly</c>.</summary>
    public string? Tone { get; init; }

    /// <summary>Who reads it.</summary>
    public string? Audience { get; init; }

    /// <summary>How you greet your customers.</summary>
    public string? Greeting { get; init; }

    /// <summary><c>email</c>, <c>chat</c>, <c>marketplace</c> or <c>letter</c>.</summary>
    public string? Channel { get; init; }

    /// <summary>Longest permitted delivery in characters.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What every text must say.</summary>
    public IReadOnlyList<string>? MustSay { get; init; }

    /// <summary>What no text may promise.</summary>
    public IReadOnlyList<string>? MustNotPromise { get; init; }
}

/// <summary>How we write to a merchant.</summary>
/// <param name="Locale">Language of mails: <c>de</c> or <c>en</c>.</param>
/// <param name="TimeZone">IANA time zone of the times in mails.</param>
public sealed record NotificationPreferences(string? Locale = null, string? TimeZone = null);

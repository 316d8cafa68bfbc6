using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.PlaceJob;

namespace Zweizeiler.Orders.Features.Preferences;

/// <summary>All preferences; what is not given goes back to what it is without preferences.</summary>
public sealed record PreferencesItem
{
    [Description("Fills what a job's own brief leaves out.")]
    public DefaultBriefItem? Brief { get; init; }

    [Description("After how many days your texts are to be erased; 365 if not given. It is kept and will be applied: nothing is erased by it yet. Amounts and counts stay."),
        Range(MerchantPreferences.ShortestRetention, MerchantPreferences.LongestRetention)]
    public int? RetentionDays { get; init; }

    [Description("Translators who are asked first, by id."), MaxLength(MerchantPreferences.MostTranslators)]
    public IReadOnlyList<string>? PreferredTranslators { get; init; }

    [Description("Translators who are never offered your jobs, by id."), MaxLength(MerchantPreferences.MostTranslators)]
    public IReadOnlyList<string>? BlockedTranslators { get; init; }

    [Description("Which glossary a job gets that names none: a glossary's id by pair of languages, for example `{\"de-fr\": \"gls_…\"}`.")]
    public Dictionary<string, string>? Glossaries { get; init; }

    [Description("How we write to you; the same for live and test keys. Stays as it is if not given.")]
    public NotificationsItem? Notifications { get; init; }
}

/// <summary>A brief without what belongs to a single customer.</summary>
public sealed record DefaultBriefItem
{
    [Description("How the reader is addressed."), AllowedValues("formal", "informal", "auto")]
    public string? Formality { get; init; }

    [Description("In your words, for example friendly."), MaxLength(Limits.Word)]
    public string? Tone { get; init; }

    [Description("Who reads it."), MaxLength(Limits.Phrase)]
    public string? Audience { get; init; }

    [Description("How you greet your customers."), MaxLength(Limits.Phrase)]
    public string? Greeting { get; init; }

    [Description("Where the text will stand."), AllowedValues("email", "chat", "marketplace", "letter")]
    public string? Channel { get; init; }

    [Description("The most characters that a delivery may have."), Range(1, Limits.TextCharacters)]
    public int? MaxLength { get; init; }

    [Description("What every text must say."), MaxLength(Limits.BriefPoints)]
    public IReadOnlyList<string>? MustSay { get; init; }

    [Description("What no text may promise."), MaxLength(Limits.BriefPoints)]
    public IReadOnlyList<string>? MustNotPromise { get; init; }

    internal BriefItem ToBrief() => new()
    {
        Formality = Formality,
        Tone = Tone,
        Audience = Audience,
        Greeting = Greeting,
        Channel = Channel,
        MaxLength = MaxLength,
        MustSay = MustSay,
        MustNotPromise = MustNotPromise,
    };
}

/// <summary>How we write to the merchant.</summary>
public sealed record NotificationsItem
{
    [Description("Language of our mails."), AllowedValues("de", "en")]
    public string? Locale { get; init; }

    [Description("IANA time zone of the times in our mails, for example Europe/Berlin.")]
    public string? TimeZone { get; init; }
}

/// <summary>What a merchant wants of every job unless it says otherwise.</summary>
public sealed record PreferencesView(
    DefaultBriefItem? Brief,
    int RetentionDays,
    IReadOnlyList<string> PreferredTranslators,
    IReadOnlyList<string> BlockedTranslators,
    IReadOnlyDictionary<string, string> Glossaries,
    NotificationsView Notifications,
    [property: Description("Null if they were never saved.")] DateTimeOffset? UpdatedAt);

/// <summary>How we write to the merchant.</summary>
public sealed record NotificationsView(string Locale, string TimeZone);

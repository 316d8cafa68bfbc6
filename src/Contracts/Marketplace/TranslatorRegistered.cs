namespace Zweizeiler.Contracts.Marketplace;

/// <summary>A translator was registered, or what others know of her has changed; the newest <paramref name="Version"/> wins.</summary>
/// <param name="TranslatorId">The translator.</param>
/// <param name="Version">Grows with each change.</param>
/// <param name="DisplayName">The name that merchants see.</param>
/// <param name="Email">Where notifications go.</param>
/// <param name="Locale">Language of mails: <c>de</c> or <c>en</c>.</param>
/// <param name="TimeZone">IANA time zone.</param>
public sealed record TranslatorRegistered(Guid TranslatorId, int Version, string DisplayName, string Email, string Locale, string TimeZone);

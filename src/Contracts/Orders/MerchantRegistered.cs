namespace Zweizeiler.Contracts.Orders;

/// <summary>A merchant was registered, or what others know of her has changed; the newest <paramref name="Version"/> wins.</summary>
/// <param name="MerchantId">The merchant.</param>
/// <param name="Version">Grows with each change; a consumer ignores what is not newer than what it has.</param>
/// <param name="Name">Name on invoices and in greetings.</param>
/// <param name="Email">Where notifications go.</param>
/// <param name="Locale">Language of mails: <c>de</c> or <c>en</c>.</param>
/// <param name="TimeZone">IANA time zone, for quiet hours and dates in mails.</param>
/// <param name="Country">ISO 3166-1 alpha-2, the place of supply.</param>
/// <param name="IsBusiness">Business or consumer.</param>
/// <param name="VatId">VAT identification number, if any.</param>
/// <param name="VatIdValid">Whether the VAT id was found valid.</param>
/// <param name="DataKey">The merchant's data key, wrapped.</param>
public sealed record MerchantRegistered(
    Guid MerchantId,
    int Version,
    string Name,
    string Email,
    string Locale,
    string TimeZone,
    string Country,
    bool IsBusiness,
    string? VatId,
    bool VatIdValid,
    WrappedDataKey DataKey);

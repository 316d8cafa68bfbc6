namespace Zweizeiler.Contracts.Marketplace;

/// <summary>A translator said how she is taxed and where her pay goes. Billing keeps it; the marketplace forgets it.</summary>
/// <param name="TranslatorId">The translator.</param>
/// <param name="Version">Grows with each change; the newest wins.</param>
/// <param name="Details">A <see cref="TaxDetails"/> as JSON, sealed under the translator's id.</param>
/// <param name="DataKey">The key that it is sealed with, wrapped; used for these details only.</param>
/// <param name="GivenAt">When, UTC.</param>
public sealed record TranslatorTaxDetailsGiven(
    Guid TranslatorId, int Version, SealedText Details, WrappedDataKey DataKey, DateTimeOffset GivenAt);

/// <summary>What self-billing statements and payouts need to know of a translator. It travels and rests sealed only.</summary>
/// <param name="LegalName">The name of the person or business.</param>
/// <param name="Street">Street and house number.</param>
/// <param name="PostCode">Post code.</param>
/// <param name="City">Town.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Scheme"><c>standard</c>, <c>small_business</c> or <c>reverse_charge</c>.</param>
/// <param name="TaxNumber">The national tax number, if there is no VAT id.</param>
/// <param name="VatId">The VAT identification number, if there is one.</param>
/// <param name="AccountHolder">Name of the bank account's holder.</param>
/// <param name="Iban">The account, without spaces.</param>
/// <param name="Bic">The bank, where the IBAN alone does not do.</param>
public sealed record TaxDetails(
    string LegalName,
    string Street,
    string PostCode,
    string City,
    string Country,
    string Scheme,
    string? TaxNumber,
    string? VatId,
    string AccountHolder,
    string Iban,
    string? Bic);

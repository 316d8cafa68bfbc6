namespace Zweizeiler.Pricing;

/// <summary>How somebody who is paid is taxed.</summary>
public static class TaxScheme
{
    /// <summary>Established in Germany and charging tax.</summary>
    public const string Standard = "standard";

    /// <summary>Established in Germany, a small business (§ 19 UStG).</summary>
    public const string SmallBusiness = "small_business";

    /// <summary>Established abroad: the recipient owes the tax (§ 13b UStG).</summary>
    public const string ReverseCharge = "reverse_charge";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [SmallBusiness, Standard, ReverseCharge];
}

/// <summary>
/// Who is paid, as papers and payment orders need to know her. The portal checks what is typed and Billing what arrives, by the same rules: what the one
/// lets pass the other does not find fault with.
/// </summary>
/// <param name="LegalName">The name of the person or business.</param>
/// <param name="Street">Street and house number.</param>
/// <param name="PostCode">Post code.</param>
/// <param name="City">Town.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Scheme">One of <see cref="TaxScheme"/>.</param>
/// <param name="TaxNumber">The national tax number, if there is no VAT id.</param>
/// <param name="VatId">The VAT id, if there is one.</param>
/// <param name="AccountHolder">Name of the bank account's holder.</param>
/// <param name="Iban">The account.</param>
/// <param name="Bic">The bank, where the IBAN alone does not do.</param>
public sealed record Payee(
    string? LegalName, string? Street, string? PostCode, string? City, string? Country, string? Scheme, string? TaxNumber, string? VatId,
    string? AccountHolder, string? Iban, string? Bic)
{
    /// <summary>No field is longer.</summary>
    public const int LongestField = 100;

    private static readonly string[] OfPayment = ["account_holder.", "iban.", "bic."];

    /// <summary>Whether a fault keeps only money back, and no paper.</summary>
    /// <param name="fault">One of <see cref="Faults"/>.</param>
    public static bool IsOfPayment(string fault) => OfPayment.Any(prefix => fault.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The same without what people type around it: blanks, small letters in codes, groups of four.</summary>
    public Payee Tidied() => new(
        Text(LegalName), Text(Street), Text(PostCode), Text(City), Text(Country)?.ToUpperInvariant(), Text(Scheme), Text(TaxNumber),
        Code(VatId), Text(AccountHolder), Code(Iban), Code(Bic));

    /// <summary>Codes of what is wrong, the field's name first; at most one of each field. Of details that are tidied.</summary>
    public IReadOnlyList<string> Faults()
    {
        string?[] all =
        [
            Required("legal_name", LegalName), Required("street", Street), Required("post_code", PostCode), Required("city", City),
            Countries.Contains(Country) ? null : "country.invalid",
            SchemeFault(), TaxNumberFault(), VatIdFault(),
            Required("account_holder", AccountHolder), IbanFault(), BicFault(),
        ];
        return [.. all.OfType<string>()];
    }

    private static string? Text(string? given) => string.IsNullOrWhiteSpace(given) ? null : given.Trim();

    private static string? Code(string? given) => string.IsNullOrWhiteSpace(given) ? null : Pricing.Iban.Normalise(given);

    private static bool IsLine(string text) => text.Length <= LongestField && !text.Any(char.IsControl);

    private static string? Required(string field, string? text) =>
        string.IsNullOrWhiteSpace(text) ? $"{field}.missing" : IsLine(text) ? null : $"{field}.invalid";

    private string? SchemeFault() => Scheme switch
    {
        // German tax is charged by those who are established in Germany; everybody else's supply is taxed here at the recipient (§ 13b UStG).
        TaxScheme.Standard or TaxScheme.SmallBusiness => Country == "DE" ? null : "scheme.country",
        TaxScheme.ReverseCharge => Country == "DE" ? "scheme.country" : null,
        _ => "scheme.unknown",
    };

    private string? TaxNumberFault() =>
        !string.IsNullOrWhiteSpace(TaxNumber) ? IsLine(TaxNumber) ? null : "tax_number.invalid"
        : string.IsNullOrWhiteSpace(VatId) ? "tax_number.missing" : null;

    /// <summary>Where the country's numbers are known it must be one of them; elsewhere nobody here can tell.</summary>
    private string? VatIdFault() =>
        string.IsNullOrWhiteSpace(VatId) ? null
        : Country is not null && Pricing.VatId.IsGivenIn(Country)
            ? Pricing.VatId.TryParse(VatId, out var id) && id.Country == (Country == "GR" ? "EL" : Country) ? null : "vat_id.invalid"
            : IsLine(VatId) ? null : "vat_id.invalid";

    private string? IbanFault() =>
        string.IsNullOrWhiteSpace(Iban) ? "iban.missing" : Pricing.Iban.Fault(Iban) is null ? null : "iban.invalid";

    private string? BicFault()
    {
        if (!string.IsNullOrWhiteSpace(Bic))
        {
            return Pricing.Iban.IsBic(Pricing.Iban.Normalise(Bic)) ? null : "bic.invalid";
        }

        var iban = Pricing.Iban.Normalise(Iban ?? "");
        return Pricing.Iban.Fault(iban) is null && Pricing.Iban.NeedsBic(iban) ? "bic.missing" : null;
    }
}

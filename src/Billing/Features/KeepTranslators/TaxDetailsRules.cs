using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Features.KeepTranslators;

/// <summary>What must be right in a translator's details before papers are written and money is sent.</summary>
internal static class TaxDetailsRules
{
    /// <summary>Codes of what is wrong, the field's name first.</summary>
    public static IReadOnlyList<string> Faults(TaxDetails details) => new Payee(
        details.LegalName, details.Street, details.PostCode, details.City, details.Country, details.Scheme, details.TaxNumber, details.VatId,
        details.AccountHolder, details.Iban, details.Bic).Faults();

    public static TaxTreatment TreatmentOf(TaxDetails details) => details.Scheme switch
    {
        TaxScheme.Standard => TaxRules.Germany.For("DE", isBusiness: true, vatIdValid: false),
        TaxScheme.SmallBusiness => TaxTreatment.Exempt,
        TaxScheme.ReverseCharge => TaxTreatment.ReverseCharge,
        _ => throw new ArgumentException("The scheme is none of those that there are.", nameof(details)),
    };

    public static Party PartyOf(TaxDetails details, Translator translator) => new()
    {
        Name = details.LegalName,
        Street = details.Street,
        PostCode = details.PostCode,
        City = details.City,
        Country = details.Country,
        VatId = VatId.TryParse(details.VatId, out var vatId) ? vatId.ToString() : null,
        TaxNumber = string.IsNullOrWhiteSpace(details.TaxNumber) ? VatId.TryParse(details.VatId, out _) ? null : details.VatId : details.TaxNumber,
        Email = translator.Email,
    };
}

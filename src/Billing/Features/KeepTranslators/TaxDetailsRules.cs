using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Features.KeepTranslators;

/// <summary>What must be right in a translator's details before papers are written and money is sent.</summary>
internal static class TaxDetailsRules
{
    private const string Standard = "standard";
    private const string SmallBusiness = "small_business";
    private const string ReverseCharge = "reverse_charge";

    private static readonly string[] OfPayment = ["account_holder.", "iban.", "bic."];

    /// <summary>Codes of what is wrong, the field's name first.</summary>
    public static IEnumerable<string> Faults(TaxDetails details)
    {
        foreach (var (field, text) in new[]
        {
            ("legal_name", details.LegalName), ("street", details.Street), ("post_code", details.PostCode), ("city", details.City),
            ("account_holder", details.AccountHolder),
        })
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                yield return $"{field}.missing";
            }
        }

        if (details.Country is not { Length: 2 } || !details.Country.All(char.IsAsciiLetterUpper))
        {
            yield return "country.invalid";
        }

        if (!string.IsNullOrEmpty(details.VatId) && !VatId.TryParse(details.VatId, out _) && details.Scheme != ReverseCharge)
        {
            yield return "vat_id.invalid";
        }

        if (string.IsNullOrWhiteSpace(details.VatId) && string.IsNullOrWhiteSpace(details.TaxNumber))
        {
            yield return "tax_number.missing";
        }

        foreach (var fault in SchemeFaults(details).Concat(AccountFaults(details)))
        {
            yield return fault;
        }
    }

    /// <summary>Whether a fault keeps only money back, and no paper.</summary>
    public static bool IsOfPayment(string fault) => OfPayment.Any(prefix => fault.StartsWith(prefix, StringComparison.Ordinal));

    public static TaxTreatment TreatmentOf(TaxDetails details) => details.Scheme switch
    {
        Standard => TaxRules.Germany.For("DE", isBusiness: true, vatIdValid: false),
        SmallBusiness => TaxTreatment.Exempt,
        ReverseCharge => TaxTreatment.ReverseCharge,
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

    private static IEnumerable<string> SchemeFaults(TaxDetails details)
    {
        switch (details.Scheme)
        {
            // German tax is charged by those who are established in Germany; everybody else's supply is taxed here at the recipient (§ 13b UStG).
            case Standard or SmallBusiness when details.Country != "DE":
            case ReverseCharge when details.Country == "DE":
                yield return "scheme.country";
                break;
            case not (Standard or SmallBusiness or ReverseCharge):
                yield return "scheme.unknown";
                break;
        }
    }

    private static IEnumerable<string> AccountFaults(TaxDetails details)
    {
        var iban = Iban.Normalise(details.Iban ?? "");
        if (Iban.Fault(iban) is not null)
        {
            yield return "iban.invalid";
            yield break;
        }

        if (details.Bic is { Length: > 0 } bic)
        {
            if (!Iban.IsBic(Iban.Normalise(bic)))
            {
                yield return "bic.invalid";
            }
        }
        else if (Iban.NeedsBic(iban))
        {
            yield return "bic.missing";
        }
    }
}

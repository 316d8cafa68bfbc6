using Zweizeiler.Billing.Domain.Documents;

namespace Zweizeiler.Billing;

/// <summary>The platform as it stands on papers, and its bank account (configuration <c>Seller</c>).</summary>
public sealed class Seller
{
    public const string Section = "Seller";

    public string Name { get; init; } = "";

    public string Street { get; init; } = "";

    public string PostCode { get; init; } = "";

    public string City { get; init; } = "";

    public string Country { get; init; } = "DE";

    public string VatId { get; init; } = "";

    public string? TaxNumber { get; init; }

    public string RegistrationId { get; init; } = "";

    public string ContactName { get; init; } = "";

    public string Phone { get; init; } = "";

    public string Email { get; init; } = "";

    public string Iban { get; init; } = "";

    public string Bic { get; init; } = "";

    /// <summary>Days from an invoice's date until it is to be paid.</summary>
    public int PaymentDays { get; init; } = 14;

    /// <summary>What a payout has at least, in cents; less waits for the next week.</summary>
    public long MinimumPayoutCents { get; init; } = 500;

    /// <exception cref="InvalidOperationException">Something that every paper needs is not configured; the message names it.</exception>
    public Seller Complete()
    {
        (string Name, string Value)[] needed =
        [
            (nameof(Name), Name), (nameof(Street), Street), (nameof(PostCode), PostCode), (nameof(City), City), (nameof(VatId), VatId),
            (nameof(RegistrationId), RegistrationId), (nameof(ContactName), ContactName), (nameof(Phone), Phone), (nameof(Email), Email),
            (nameof(Iban), Iban), (nameof(Bic), Bic),
        ];
        var missing = needed.Where(n => string.IsNullOrWhiteSpace(n.Value)).Select(n => $"{Section}:{n.Name}").ToList();
        if (missing.Count > 0)
        {
            throw new InvalidOperationException($"No paper can be made: {string.Join(", ", missing)} not set.");
        }

        return Pricing.Iban.Fault(Iban) is { } fault ? throw new InvalidOperationException($"{Section}:{nameof(Iban)} is wrong. {fault}") : this;
    }

    public Party AsParty() => new()
    {
        Name = Name,
        Street = Street,
        PostCode = PostCode,
        City = City,
        Country = Country,
        VatId = VatId,
        TaxNumber = TaxNumber,
        RegistrationId = RegistrationId,
        Email = Email,
        Phone = Phone,
        ContactName = ContactName,
    };
}

namespace Zweizeiler.Billing.Domain.Documents;

/// <summary>Somebody on a paper, as she was when it was written.</summary>
public sealed record Party
{
    public required string Name { get; init; }

    public string Street { get; init; } = "";

    public string PostCode { get; init; } = "";

    public string City { get; init; } = "";

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }

    public string? VatId { get; init; }

    public string? TaxNumber { get; init; }

    /// <summary>In the register of companies.</summary>
    public string? RegistrationId { get; init; }

    /// <summary>Address for electronic papers.</summary>
    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? ContactName { get; init; }

    /// <summary>What the buyer wants to find on her invoices, for example a routing id of a public authority.</summary>
    public string? BuyerReference { get; init; }

    /// <summary>Whether a letter would arrive: an invoice must name the recipient's full address (§ 14 (4) UStG).</summary>
    public bool HasAddress => Street.Length > 0 && PostCode.Length > 0 && City.Length > 0;
}

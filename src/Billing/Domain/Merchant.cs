namespace Zweizeiler.Billing.Domain;

/// <summary>What invoices need to know of a merchant: what Orders tells, and the address that she gave here.</summary>
public sealed class Merchant
{
    public required Guid Id { get; init; }

    /// <summary>The version that Orders told last; 0 if it told nothing yet.</summary>
    public int Version { get; set; }

    /// <summary>Given by the database, for references and books.</summary>
    public long CustomerNumber { get; init; }

    public string Name { get; set; } = "";

    public string Email { get; set; } = "";

    public string Locale { get; set; } = "en";

    public string Country { get; set; } = "";

    public bool IsBusiness { get; set; }

    public string? VatId { get; set; }

    public bool VatIdValid { get; set; }

    public string? LegalName { get; set; }

    public string Street { get; set; } = "";

    public string PostCode { get; set; } = "";

    public string City { get; set; } = "";

    public string? BuyerReference { get; set; }

    /// <summary>Name for the bookkeeper's files, where the real one has characters that they cannot carry.</summary>
    public string? BookName { get; set; }

    public int ProfileVersion { get; set; }

    public string CustomerNo => FormattableString.Invariant($"{10_000 + CustomerNumber}");
}

/// <summary>A monthly account's limit: how far the balance may go below zero. The newest holds; none means paying in advance.</summary>
public sealed class CreditLimit
{
    public required Guid Id { get; init; }

    public required Guid MerchantId { get; init; }

    public required Guid AccountId { get; init; }

    public required long LimitCents { get; init; }

    public required string Reason { get; init; }

    public required Guid SetBy { get; init; }

    public required DateTimeOffset SetAt { get; init; }
}

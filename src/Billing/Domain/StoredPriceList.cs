namespace Zweizeiler.Billing.Domain;

/// <summary>A version of the price list. Once active, its document never changes.</summary>
public sealed class StoredPriceList
{
    public required string Version { get; init; }

    /// <summary>The price list as JSON.</summary>
    public required string Document { get; init; }

    public required PriceListStatus Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

public enum PriceListStatus
{
    Draft,
    Active,
}

namespace Zweizeiler.Billing.Domain;

/// <summary>A version of the price list. Once active, its document never changes.</summary>
public sealed class StoredPriceList
{
    public required string Version { get; init; }

    /// <summary>The price list as JSON.</summary>
    public required string Document { get; set; }

    public required PriceListStatus Status { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when new jobs are priced with it; null as long as it is a draft.</summary>
    public DateTimeOffset? ValidFrom { get; set; }

    public DateTimeOffset? ActivatedAt { get; set; }
}

public enum PriceListStatus
{
    Draft,
    Active,
}

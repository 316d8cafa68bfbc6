using Zweizeiler.Contracts;

namespace Zweizeiler.Orders.Domain;

/// <summary>Who orders. Others learn of her by message, the newest <see cref="Version"/> wins.</summary>
public sealed class Merchant
{
    public required Guid Id { get; init; }

    public int Version { get; set; } = 1;

    public required string Name { get; set; }

    public required string Email { get; set; }

    public required string Locale { get; set; }

    public required string TimeZone { get; set; }

    public required string Country { get; set; }

    public bool IsBusiness { get; set; } = true;

    public string? VatId { get; set; }

    public bool VatIdValid { get; set; }

    /// <summary>Opens her texts; itself encrypted with the platform's master key. Erasing it erases all her texts.</summary>
    public required WrappedDataKey DataKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

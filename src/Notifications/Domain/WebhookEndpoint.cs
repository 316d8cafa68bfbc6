using Zweizeiler.Contracts;

namespace Zweizeiler.Notifications.Domain;

/// <summary>Where a merchant wants her events sent.</summary>
public sealed class WebhookEndpoint
{
    public const int MaxPerMerchant = 20;

    public required Guid Id { get; init; }

    public required Guid MerchantId { get; init; }

    public required string Mode { get; init; }

    public required string Url { get; init; }

    /// <summary>Event types to be sent; empty for all.</summary>
    public required List<string> Types { get; init; }

    /// <summary>The signing secret, sealed; it must be readable to sign and is shown once.</summary>
    public required SealedText Secret { get; init; }

    public required WrappedDataKey SecretKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public bool Wants(string type) => Types.Count == 0 || Types.Contains(type);
}

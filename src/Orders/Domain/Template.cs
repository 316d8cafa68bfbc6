using Zweizeiler.Contracts;

namespace Zweizeiler.Orders.Domain;

/// <summary>A reply that the merchant writes again and again, with placeholders for what differs.</summary>
public sealed class Template : IListed
{
    public required Guid Id { get; init; }

    public required Guid MerchantId { get; init; }

    public required string Mode { get; init; }

    public required string Name { get; set; }

    /// <summary>In which language the text is.</summary>
    public string? Language { get; set; }

    /// <summary>The text with its placeholders, sealed.</summary>
    public required SealedText Text { get; set; }

    public int Version { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public void Changed(DateTimeOffset now)
    {
        Version++;
        UpdatedAt = now;
    }
}

namespace Zweizeiler.Marketplace.Domain;

/// <summary>That a translator has given her tax details, and how often. What they say is Billing's; nothing of it is kept here.</summary>
public sealed class TaxDetailsNote
{
    public required Guid TranslatorId { get; init; }

    /// <summary>Of what was handed on last; grows by one with each change.</summary>
    public required int Version { get; init; }

    public required DateTimeOffset GivenAt { get; init; }
}

namespace Zweizeiler.Marketplace.Domain;

/// <summary>What a translator has written so far. It outlives the claim: who takes the job again finds it.</summary>
public sealed class Draft
{
    public required Guid JobId { get; init; }

    public required Guid TranslatorId { get; init; }

    /// <summary>Sealed with the merchant's data key.</summary>
    public required byte[] Content { get; set; }

    /// <summary>Grows with each save; a window that saves on top of another's work is told.</summary>
    public required int Version { get; set; }

    public required DateTimeOffset SavedAt { get; set; }
}

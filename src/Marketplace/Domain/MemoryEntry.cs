namespace Zweizeiler.Marketplace.Domain;

/// <summary>A sentence of a merchant's own, and how it was translated in a delivery that she accepted. Shown with her jobs alone.</summary>
public sealed class MemoryEntry
{
    /// <summary>What the fingerprints of sources are made for; those for other purposes never match.</summary>
    public const string Purpose = "memory";

    public required Guid Id { get; init; }

    public required Guid MerchantId { get; init; }

    public required string Source { get; init; }

    public required string Target { get; init; }

    /// <summary>By which the same sentence is known again without keeping it readable; the newest translation of a sentence replaces an older one.</summary>
    public required byte[] Fingerprint { get; init; }

    /// <summary>Both sentences, sealed with the merchant's data key: erasing the key erases them.</summary>
    public required byte[] Content { get; init; }

    public required Guid JobId { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }
}

/// <summary>A term that a translator noted for a merchant's jobs of a pair; shown with them beside the merchant's own glossary.</summary>
public sealed class AddedTerm
{
    /// <summary>What a sealed term is bound to; its owner is the term.</summary>
    public const string Purpose = "added-term";

    /// <summary>More would be no help beside an editor.</summary>
    public const int MostOfPair = 200;

    public const int LongestTerm = 100;

    public required Guid Id { get; init; }

    public required Guid MerchantId { get; init; }

    public required string Source { get; init; }

    public required string Target { get; init; }

    /// <summary>By which the same term is known again.</summary>
    public required byte[] Fingerprint { get; init; }

    /// <summary>Both words, sealed with the merchant's data key.</summary>
    public required byte[] Content { get; init; }

    public required Guid TranslatorId { get; init; }

    public required DateTimeOffset AddedAt { get; init; }
}

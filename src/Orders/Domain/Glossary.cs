namespace Zweizeiler.Orders.Domain;

/// <summary>How a merchant wants certain words translated, for one pair of languages. The terms themselves rest sealed in a table of their own.</summary>
public sealed class Glossary : IListed
{
    public const int MaxTerms = 2000;

    public required Guid Id { get; init; }

    public required Guid MerchantId { get; init; }

    public required string Mode { get; init; }

    public required string Name { get; set; }

    public required string Source { get; init; }

    public required string Target { get; init; }

    public required int TermCount { get; set; }

    public int Version { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public void Changed(DateTimeOffset now)
    {
        Version++;
        UpdatedAt = now;
    }
}

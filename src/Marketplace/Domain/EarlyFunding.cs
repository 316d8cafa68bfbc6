namespace Zweizeiler.Marketplace.Domain;

/// <summary>What Billing said about a job whose content has not arrived yet; gone as soon as it has.</summary>
public sealed class EarlyFunding
{
    public required Guid JobId { get; init; }

    /// <summary>Null when there is no money for the job.</summary>
    public required long? FeeCents { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }
}

namespace Zweizeiler.Marketplace.Domain;

/// <summary>What Billing said about a job whose content has not arrived yet; gone as soon as it has.</summary>
public sealed class EarlyFunding
{
    public required Guid JobId { get; init; }

    /// <summary>Null as long as there is no money for the job.</summary>
    public long? FeeCents { get; set; }

    /// <summary>When the money was set aside; as long as it is not, when it was declined.</summary>
    public required DateTimeOffset DecidedAt { get; set; }

    /// <summary>When it was declined, perhaps before it was funded after all.</summary>
    public DateTimeOffset? DeclinedAt { get; set; }

    /// <summary>Why it was declined.</summary>
    public string? DeclineReason { get; set; }
}

namespace Zweizeiler.Marketplace.Domain;

/// <summary>The merchant's wish to cancel a job whose content has not arrived yet; gone as soon as it has.</summary>
public sealed class EarlyCancellation
{
    public required Guid JobId { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }
}

namespace Zweizeiler.Marketplace.Domain;

/// <summary>A fee that Billing credited to a translator; one a job.</summary>
public sealed class Earning
{
    public required Guid JobId { get; init; }

    public required Guid TranslatorId { get; init; }

    public required long FeeCents { get; init; }

    public required string Currency { get; init; }

    public required DateTimeOffset CreditedAt { get; init; }

    /// <summary>When the fee was taken back, because a second translator found a complaint right.</summary>
    public DateTimeOffset? TakenBackAt { get; init; }
}

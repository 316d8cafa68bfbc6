namespace Zweizeiler.Marketplace.Domain;

public enum ComplaintState
{
    /// <summary>A corrected delivery is awaited.</summary>
    Open,

    /// <summary>None came in time; what follows is the merchant's and Billing's.</summary>
    Overdue,
    Corrected,
    Contested,

    /// <summary>A second translator found the delivery good.</summary>
    Dismissed,

    /// <summary>The merchant is content.</summary>
    Satisfied,
    Credited,
}

/// <summary>A merchant's complaint about an accepted delivery. The job stays accepted; its writer can hand in a corrected delivery, once.</summary>
public sealed class Complaint
{
    public required Guid Id { get; init; }

    public required Guid JobId { get; init; }

    public required Guid TranslatorId { get; init; }

    /// <summary>The delivery complained about; unknown if the credit overtook the complaint.</summary>
    public Guid? DeliveryId { get; init; }

    /// <summary>Sealed under the delivery's id.</summary>
    public byte[]? Objection { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset CorrectionDueAt { get; init; }

    public DateTimeOffset? CorrectedAt { get; init; }

    public DateTimeOffset? ContestedAt { get; init; }

    public DateTimeOffset? DismissedAt { get; init; }

    /// <summary>When the merchant said that she is content, with or without a correction.</summary>
    public DateTimeOffset? SatisfiedAt { get; init; }

    public DateTimeOffset? CreditedAt { get; init; }

    /// <summary>Whether the credit followed a ruling.</summary>
    public bool ByRuling { get; init; }

    public ComplaintState StateAt(DateTimeOffset now) => this switch
    {
        { CreditedAt: not null } => ComplaintState.Credited,
        { SatisfiedAt: not null } => ComplaintState.Satisfied,
        { DismissedAt: not null } => ComplaintState.Dismissed,
        { ContestedAt: not null } => ComplaintState.Contested,
        { CorrectedAt: not null } => ComplaintState.Corrected,
        _ when CorrectionDueAt <= now => ComplaintState.Overdue,
        _ => ComplaintState.Open,
    };
}

namespace Zweizeiler.Marketplace.Domain;

/// <summary>What an operator did to a job by hand, and why. Kept for good.</summary>
public sealed class DeskAction
{
    public const int LongestReason = 500;

    public required Guid Id { get; init; }

    public required Guid OperatorId { get; init; }

    public required Guid JobId { get; init; }

    /// <summary><see cref="Reoffered"/> or <see cref="Released"/>.</summary>
    public required string Action { get; init; }

    /// <summary>In the operator's words; nothing of the job's text belongs here.</summary>
    public required string Reason { get; init; }

    /// <summary>Whom it was taken from.</summary>
    public Guid? TranslatorId { get; init; }

    public required DateTimeOffset DoneAt { get; init; }

    /// <summary>An open job was offered in turn anew.</summary>
    public const string Reoffered = "reoffered";

    /// <summary>A job was taken back from whoever held it.</summary>
    public const string Released = "released";
}

namespace Zweizeiler.Marketplace.Domain;

/// <summary>What an operator did by hand, to a job or to a person, and why. Kept for good.</summary>
public sealed class DeskAction
{
    public const int LongestReason = 500;

    public required Guid Id { get; init; }

    public required Guid OperatorId { get; init; }

    /// <summary>The job, if it was done to one.</summary>
    public Guid? JobId { get; init; }

    /// <summary>The account, application or invitation, if it was done to one.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>One of the names below.</summary>
    public required string Action { get; init; }

    /// <summary>In the operator's words, or empty; nothing of the job's text belongs here. For a pair it begins with the pair.</summary>
    public required string Reason { get; init; }

    /// <summary>Whom it was taken from.</summary>
    public Guid? TranslatorId { get; init; }

    public required DateTimeOffset DoneAt { get; init; }

    /// <summary>An open job was offered in turn anew.</summary>
    public const string Reoffered = "reoffered";

    /// <summary>A job was taken back from whoever held it.</summary>
    public const string Released = "released";

    public const string Invited = "invited";
    public const string Uninvited = "uninvited";

    /// <summary>An application.</summary>
    public const string Accepted = "accepted";

    /// <summary>An application.</summary>
    public const string Declined = "declined";

    public const string PairEnabled = "pair_enabled";
    public const string PairDeclined = "pair_declined";

    /// <summary>A pair was taken from somebody who had it.</summary>
    public const string PairClosed = "pair_closed";

    public const string Paused = "paused";
    public const string Resumed = "resumed";
    public const string ShutOut = "shut_out";
    public const string LetIn = "let_in";

    /// <summary>A link for a new password was sent to her.</summary>
    public const string PasswordSent = "password_sent";

    /// <summary>Her second factor was taken off because she has lost it.</summary>
    public const string FactorRemoved = "factor_removed";
}

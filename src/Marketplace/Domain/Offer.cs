namespace Zweizeiler.Marketplace.Domain;

/// <summary>A job offered to one translator before anybody else, with the reasons why it was she. Kept, so that it can be told afterwards who was asked and why.</summary>
public sealed class Offer
{
    public required Guid Id { get; init; }

    public required Guid JobId { get; init; }

    public required Guid TranslatorId { get; init; }

    /// <summary>1 for the offers after funding; one more each time an operator has the job offered anew.</summary>
    public required int Round { get; init; }

    /// <summary>1 for whom the round began with, 2 for the next, …</summary>
    public required int Turn { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Until when nobody else could take the job.</summary>
    public required DateTimeOffset Until { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>One of <see cref="OfferOutcome"/>.</summary>
    public string? Outcome { get; set; }

    /// <summary>Why she stood first, each one of <see cref="RankReason"/>.</summary>
    public required List<string> Reasons { get; init; }

    /// <summary>Since when she had not been asked.</summary>
    public required DateTimeOffset WaitedSince { get; init; }

    /// <summary>Who stood behind her, in order.</summary>
    public required List<Guid> NextIds { get; init; }

    /// <summary>How many were available, she included.</summary>
    public required int Candidates { get; init; }
}

public static class OfferOutcome
{
    public const string Taken = "taken";
    public const string Declined = "declined";
    public const string Lapsed = "lapsed";

    /// <summary>The job was cancelled or expired, or an operator had it offered anew.</summary>
    public const string Withdrawn = "withdrawn";

    public static readonly IReadOnlyList<string> All = [Taken, Declined, Lapsed, Withdrawn];
}

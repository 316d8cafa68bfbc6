namespace Zweizeiler.Marketplace.Domain;

/// <summary>A pair that a translator asks for: she answers small texts, an operator reads them and enables the pair or does not.</summary>
public sealed class PairTest
{
    public const int LongestAnswer = 1000;

    /// <summary>What sealed answers are bound to; their owner is the test.</summary>
    public const string Purpose = "pair-test";

    /// <summary>After a refusal the same pair may be asked for again when so long has passed.</summary>
    public static readonly TimeSpan AgainAfter = TimeSpan.FromDays(30);

    public required Guid Id { get; init; }

    public required Guid TranslatorId { get; init; }

    public required string Source { get; init; }

    public required string Target { get; init; }

    /// <summary>One of <see cref="PairTestState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Her answers, one a text, sealed.</summary>
    public byte[]? Answers { get; init; }

    public byte[]? AnswersKey { get; init; }

    public required DateTimeOffset GivenAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The operator's word; she reads it.</summary>
    public string? Word { get; init; }

    public bool MayAskAgain(DateTimeOffset now) => State != PairTestState.Declined || DecidedAt is null || now >= DecidedAt + AgainAfter;
}

public static class PairTestState
{
    public const string Given = "given";
    public const string Answered = "answered";
    public const string Enabled = "enabled";
    public const string Declined = "declined";

    /// <summary>She, or an operator, closed the pair again, or she gave up before an answer.</summary>
    public const string Withdrawn = "withdrawn";
}

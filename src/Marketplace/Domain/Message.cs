namespace Zweizeiler.Marketplace.Domain;

/// <summary>A word between a translator and the merchant about a job. It may come before the job itself, whose message travels in another queue.</summary>
public sealed class Message
{
    public const int LongestText = 2_000;

    public required Guid Id { get; init; }

    public required Guid JobId { get; init; }

    /// <summary>Who asks; null if the merchant wrote.</summary>
    public Guid? TranslatorId { get; init; }

    /// <summary>For a translator's question: whether it was asked before the job was taken.</summary>
    public bool BeforeClaim { get; init; }

    /// <summary>The question that it answers.</summary>
    public Guid? QuestionId { get; init; }

    /// <summary>Sealed with the merchant's data key.</summary>
    public required byte[] Content { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    /// <summary>For a question: since when nobody waits for its answer any more, because it is there or because she went on without it.</summary>
    public DateTimeOffset? SettledAt { get; init; }
}

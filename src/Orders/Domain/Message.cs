namespace Zweizeiler.Orders.Domain;

/// <summary>A word between merchant and translator; the text itself rests sealed in a table of its own.</summary>
public sealed class Message
{
    public required Guid Id { get; init; }

    public required Guid JobId { get; init; }

    public required Guid MerchantId { get; init; }

    public required string Mode { get; init; }

    /// <summary>Who asks; null if the merchant wrote.</summary>
    public Guid? TranslatorId { get; init; }

    public string? TranslatorName { get; init; }

    /// <summary>Translators write questions only.</summary>
    public bool IsQuestion { get; init; }

    /// <summary>Asked by somebody who does not hold the job: it stays open.</summary>
    public bool BeforeClaim { get; init; }

    /// <summary>The marketplace's version of the job when it was asked; 0 if the merchant wrote.</summary>
    public int Version { get; init; }

    /// <summary>The question that the merchant answers with it.</summary>
    public Guid? AnswersId { get; init; }

    /// <summary>When the question was answered first.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Returns whether it is the first answer.</summary>
    internal bool Answer(DateTimeOffset now)
    {
        if (AnsweredAt is not null)
        {
            return false;
        }

        AnsweredAt = now;
        return true;
    }
}

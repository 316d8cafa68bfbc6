namespace Zweizeiler.Billing.Domain;

// What others tell of a job is kept by itself, because the news of it can arrive before that of the job.

/// <summary>A delivery was accepted.</summary>
public sealed class Acceptance
{
    public required Guid JobId { get; init; }

    public required Guid MerchantId { get; init; }

    public required Guid TranslatorId { get; init; }

    public required Guid DeliveryId { get; init; }

    public required Guid MessageId { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>Counted lines of what was delivered; a formulation is charged by them.</summary>
    public int Lines { get; init; }

    /// <summary>Started minutes spoken with whom the call was for; null if nobody was reached, or it was no call.</summary>
    public int? CallMinutes { get; init; }
}

/// <summary>How a job ends without an accepted delivery.</summary>
public enum EndingKind
{
    /// <summary>The merchant did not want it any more.</summary>
    Cancelled,

    /// <summary>Nobody could be found.</summary>
    Expired,

    /// <summary>A second translator ruled against the delivery.</summary>
    Refunded,
}

/// <summary>A job ended without an accepted delivery.</summary>
public sealed class Ending
{
    public required Guid JobId { get; init; }

    public required Guid MerchantId { get; init; }

    public required EndingKind Kind { get; init; }

    /// <summary>Who had begun to work on what was cancelled, and is paid a share; null if nothing is charged.</summary>
    public Guid? TranslatorId { get; init; }

    public required Guid MessageId { get; init; }

    public required DateTimeOffset EndedAt { get; init; }
}

/// <summary>A step by which the platform raised the translator's fee so that the job finds somebody.</summary>
public sealed class FeeRaise
{
    /// <summary>Subject of the entry that pays it.</summary>
    public required Guid Id { get; init; }

    public required Guid JobId { get; init; }

    public required Guid MerchantId { get; init; }

    /// <summary>The marketplace's version of the job: with the job it names the step.</summary>
    public required int Version { get; init; }

    /// <summary>All raises so far, this one included.</summary>
    public required long RaiseCents { get; init; }

    public required Guid MessageId { get; init; }

    public required DateTimeOffset EscalatedAt { get; init; }
}

/// <summary>A complaint was found right, or nobody corrected the delivery in time: the merchant gets her money back.</summary>
public sealed class Credit
{
    public required Guid JobId { get; init; }

    public required Guid MerchantId { get; init; }

    public required Guid ComplaintId { get; init; }

    public required Guid TranslatorId { get; init; }

    /// <summary>True if the translator bears it, false if the platform does.</summary>
    public required bool ByRuling { get; init; }

    public required Guid MessageId { get; init; }

    public required DateTimeOffset CreditedAt { get; init; }
}

/// <summary>All that is known of a job besides the job.</summary>
public sealed record JobNews(Acceptance? Acceptance, Ending? Ending, FeeRaise? Raise, Credit? Credit)
{
    /// <summary>Of most jobs when they are placed.</summary>
    public static JobNews None { get; } = new(null, null, null, null);

    /// <summary>Nothing was done, so nothing is charged.</summary>
    public bool CameToNothing => Acceptance is null && Ending is { TranslatorId: null };

    public bool IsEnded => Acceptance is not null || Ending is not null;

    /// <summary>Who is paid for the job, if anybody.</summary>
    public Guid? TranslatorId => Acceptance?.TranslatorId ?? Ending?.TranslatorId;

    /// <summary>Whether two who both decide said different things; people must look at it.</summary>
    public bool Contradicts => Acceptance is not null && Ending is not null;
}

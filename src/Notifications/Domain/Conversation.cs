using Zweizeiler.Contracts;

namespace Zweizeiler.Notifications.Domain;

/// <summary>A translator's question, so that it can be mailed and its answer be recognised.</summary>
public sealed class Question
{
    public required Guid Id { get; init; }

    public required Guid JobId { get; init; }

    public required Guid MerchantId { get; init; }

    /// <summary>Sealed with the merchant's data key; gone once it is answered.</summary>
    public SealedText? Content { get; private set; }

    public required DateTimeOffset AskedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public void Ask(SealedText content) => Content = AnsweredAt is null ? content : null;

    public void Answer(DateTimeOffset at) => (AnsweredAt, Content) = (AnsweredAt ?? at, null);
}

/// <summary>A mail that came in, so that it is worked off once. Nothing of its words rests here.</summary>
public sealed class InboundMail
{
    /// <summary>SHA-256 of its Message-ID and of the address it came for.</summary>
    public required string Key { get; init; }

    /// <summary>Known to others by this id.</summary>
    public required Guid Id { get; init; }

    /// <summary><c>answer</c>, <c>bounce</c>, <c>refused</c> or <c>ignored</c>.</summary>
    public required string Outcome { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>An address that takes no mails any more.</summary>
public sealed class Suppression
{
    /// <summary>In lower case.</summary>
    public required string Address { get; init; }

    /// <summary>What its server said, for example <c>550</c> or <c>5.1.1</c>.</summary>
    public required string Code { get; init; }

    public required DateTimeOffset Since { get; init; }
}

/// <summary>Who wrote a delivery that is ruled on, and the ruling: they come from different places, in any order.</summary>
public sealed class Verdict
{
    public required Guid DeliveryId { get; init; }

    public required Guid JobId { get; init; }

    public Guid? TranslatorId { get; private set; }

    public bool? Stands { get; private set; }

    public DateTimeOffset? RuledAt { get; private set; }

    public bool IsComplete => TranslatorId is not null && RuledAt is not null;

    public void WrittenBy(Guid translator) => TranslatorId = translator;

    public void Ruled(bool stands, DateTimeOffset at)
    {
        if (RuledAt is null || at > RuledAt)
        {
            (Stands, RuledAt) = (stands, at);
        }
    }
}

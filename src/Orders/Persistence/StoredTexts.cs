using Zweizeiler.Contracts;

namespace Zweizeiler.Orders.Persistence;

/// <summary>A job's text and brief, sealed with the merchant's data key; deleting the row erases the text and nothing else.</summary>
public sealed class JobText
{
    public required Guid JobId { get; init; }

    public required SealedText Content { get; init; }
}

/// <summary>A delivery's text, sealed with the merchant's data key.</summary>
public sealed class DeliveryText
{
    public required Guid DeliveryId { get; init; }

    public required SealedText Content { get; init; }
}

/// <summary>What a message says, sealed with the merchant's data key.</summary>
public sealed class MessageText
{
    public required Guid MessageId { get; init; }

    public required SealedText Content { get; init; }
}

/// <summary>What a complaint says, sealed with the merchant's data key under the delivery that it is about.</summary>
public sealed class ComplaintText
{
    public required Guid ComplaintId { get; init; }

    public required SealedText Content { get; init; }
}

/// <summary>A version of the price list; immutable, the newest that has begun is in force.</summary>
public sealed class StoredPriceList
{
    public required string Version { get; init; }

    public required string Document { get; init; }

    public required DateTimeOffset ActiveFrom { get; init; }
}

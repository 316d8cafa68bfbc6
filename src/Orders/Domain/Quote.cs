using Zweizeiler.Contracts;

namespace Zweizeiler.Orders.Domain;

/// <summary>
/// A price that binds us for a day. It holds no text: what was quoted is known again by fingerprints. It is for one order and used once.
/// </summary>
public sealed class Quote
{
    public static readonly TimeSpan Validity = TimeSpan.FromHours(24);

    /// <summary>How long a quote can still be looked at after its validity.</summary>
    public static readonly TimeSpan Afterlife = TimeSpan.FromDays(30);

    public required Guid Id { get; init; }

    public required Guid MerchantId { get; init; }

    public required string Mode { get; init; }

    /// <summary>Version of the price list; its terms bind, whatever is in force when the order comes.</summary>
    public required string PriceList { get; init; }

    public required Supply Supply { get; init; }

    public required IReadOnlyList<QuotedItem> Items { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When an order used it. Set by the database alone, which lets only one order do it.</summary>
    public DateTimeOffset? UsedAt { get; private set; }

    public bool IsValid(DateTimeOffset now) => now < ExpiresAt;
}

/// <summary>One job of a quote.</summary>
/// <param name="Kind">As ordered.</param>
/// <param name="Source">As ordered.</param>
/// <param name="Target">As ordered.</param>
/// <param name="Urgency">As ordered.</param>
/// <param name="Price">What it costs.</param>
/// <param name="DeliverBy">When it would have been delivered, had it been placed with the quote.</param>
/// <param name="Content">Fingerprints of everything else that decides price and content, by the name of the field.</param>
public sealed record QuotedItem(
    string Kind,
    string Source,
    string Target,
    string Urgency,
    PriceFacts Price,
    DateTimeOffset DeliverBy,
    IReadOnlyDictionary<string, string> Content);

/// <summary>What decides the tax: where a merchant is supplied, and what she is.</summary>
public sealed record Supply(string Country, bool IsBusiness, bool VatIdValid)
{
    public static Supply Of(Merchant merchant) => new(merchant.Country, merchant.IsBusiness, merchant.VatIdValid);
}

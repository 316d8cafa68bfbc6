namespace Zweizeiler.Contracts.Orders;

/// <summary>The merchant accepted a delivery (or the time for objections ran out). The job is done; money moves now.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="DeliveryId">The accepted delivery.</param>
/// <param name="TranslatorId">Who wrote it.</param>
/// <param name="Rating">1 to 5, if given.</param>
/// <param name="Thanks">A word of thanks to the translator, sealed, if given.</param>
/// <param name="PreferTranslator">Whether this translator is to be asked first from now on.</param>
/// <param name="Automatic">True if nobody objected in time.</param>
/// <param name="AcceptedAt">When, UTC.</param>
/// <param name="Lines">Counted lines of the accepted delivery, by which a <c>formulation</c> is charged.</param>
/// <param name="Call">How the call went, by which a <c>call</c> is charged.</param>
/// <param name="ByRuling">True if a second translator ruled that the delivery stands.</param>
public sealed record DeliveryAccepted(
    Guid JobId,
    Guid MerchantId,
    Guid DeliveryId,
    Guid TranslatorId,
    int? Rating,
    SealedText? Thanks,
    bool PreferTranslator,
    bool Automatic,
    DateTimeOffset AcceptedAt,
    int Lines = 0,
    CallFacts? Call = null,
    bool ByRuling = false);

namespace Zweizeiler.Contracts.Marketplace;

/// <summary>A translator delivered; the merchant reviews.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="Version">The marketplace's version of the job.</param>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="DeliveryVersion">1 for the first delivery, 2 for the first revision, …</param>
/// <param name="TranslatorId">Who wrote it.</param>
/// <param name="Content">A <see cref="DeliveryContent"/> as JSON, sealed.</param>
/// <param name="Characters">Counted characters of the delivered text.</param>
/// <param name="Lines">Counted lines of the delivered text.</param>
/// <param name="DeliveredAt">When, UTC.</param>
public sealed record JobDelivered(
    Guid JobId,
    Guid MerchantId,
    int Version,
    Guid DeliveryId,
    int DeliveryVersion,
    Guid TranslatorId,
    SealedText Content,
    int Characters,
    int Lines,
    DateTimeOffset DeliveredAt);

/// <summary>The confidential part of a delivery. It travels and rests sealed only.</summary>
/// <param name="Text">The finished text.</param>
/// <param name="Note">A note of the translator to the merchant, if any.</param>
public sealed record DeliveryContent(string Text, string? Note);

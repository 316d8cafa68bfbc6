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
/// <param name="Call">How a call went.</param>
/// <param name="IsCorrection">True for a delivery that answers a complaint; the job stays <c>accepted</c>.</param>
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
    DateTimeOffset DeliveredAt,
    CallFacts? Call = null,
    bool IsCorrection = false);

/// <summary>The confidential part of a delivery. It travels and rests sealed only.</summary>
/// <param name="Text">The finished text; empty for <c>summary</c> and <c>call</c>.</param>
/// <param name="Note">A note of the translator to the merchant, if any.</param>
/// <param name="BackGloss">What the text says, shortly, in the merchant's language; only for <c>formulation</c>.</param>
/// <param name="Summary">Only for <c>summary</c>.</param>
/// <param name="CallReport">What was found out; only for <c>call</c>.</param>
public sealed record DeliveryContent(
    string Text, string? Note, string? BackGloss = null, SummaryContent? Summary = null, string? CallReport = null);

/// <summary>The gist of a foreign message, in the merchant's language.</summary>
/// <param name="Gist">What it says.</param>
/// <param name="Mood">The customer's mood.</param>
/// <param name="NextStep">What the translator suggests to do.</param>
public sealed record SummaryContent(string Gist, string Mood, string NextStep);

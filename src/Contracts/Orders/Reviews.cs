namespace Zweizeiler.Contracts.Orders;

/// <summary>The merchant wants something changed; the job goes back to the one who wrote it.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="DeliveryId">The delivery to be revised.</param>
/// <param name="TranslatorId">Who wrote it.</param>
/// <param name="Objection">An <see cref="ObjectionContent"/> as JSON, sealed under the delivery's id.</param>
/// <param name="RequestedAt">When, UTC.</param>
public sealed record RevisionRequested(
    Guid JobId, Guid MerchantId, Guid DeliveryId, Guid TranslatorId, SealedText Objection, DateTimeOffset RequestedAt);

/// <summary>The merchant rejects the delivery. The translator can answer; a second translator rules.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="DeliveryId">The rejected delivery.</param>
/// <param name="TranslatorId">Who wrote it.</param>
/// <param name="Objection">An <see cref="ObjectionContent"/> as JSON, sealed under the delivery's id; it names at least one passage.</param>
/// <param name="RejectedAt">When, UTC.</param>
public sealed record DeliveryRejected(
    Guid JobId, Guid MerchantId, Guid DeliveryId, Guid TranslatorId, SealedText Objection, DateTimeOffset RejectedAt);

/// <summary>The merchant complains about a delivery that was accepted. A corrected delivery comes first; if none comes in time, credit is due.</summary>
/// <param name="JobId">The job, which stays <c>accepted</c>.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="ComplaintId">The complaint.</param>
/// <param name="DeliveryId">The accepted delivery.</param>
/// <param name="TranslatorId">Who wrote it.</param>
/// <param name="Objection">An <see cref="ObjectionContent"/> as JSON, sealed under the delivery's id.</param>
/// <param name="CorrectionDueAt">Until when a corrected delivery can come, UTC.</param>
/// <param name="ReceivedAt">When, UTC.</param>
public sealed record ComplaintReceived(
    Guid JobId, Guid MerchantId, Guid ComplaintId, Guid DeliveryId, Guid TranslatorId, SealedText Objection, DateTimeOffset CorrectionDueAt, DateTimeOffset ReceivedAt);

/// <summary>The corrected delivery does not satisfy the merchant either: a second translator rules.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="ComplaintId">The complaint.</param>
/// <param name="DeliveryId">The newest delivery.</param>
/// <param name="TranslatorId">Who wrote it.</param>
/// <param name="Objection">An <see cref="ObjectionContent"/> as JSON, sealed under the delivery's id.</param>
/// <param name="ContestedAt">When, UTC.</param>
public sealed record ComplaintContested(
    Guid JobId, Guid MerchantId, Guid ComplaintId, Guid DeliveryId, Guid TranslatorId, SealedText Objection, DateTimeOffset ContestedAt);

/// <summary>The merchant is content after all: the complaint is over, and the delivery is paid as it was.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="ComplaintId">The complaint.</param>
/// <param name="TranslatorId">Who wrote what was complained about.</param>
/// <param name="SatisfiedAt">When, UTC.</param>
public sealed record ComplaintSatisfied(Guid JobId, Guid MerchantId, Guid ComplaintId, Guid TranslatorId, DateTimeOffset SatisfiedAt);

/// <summary>The merchant gets her money back for a job that was charged: billing issues a credit note.</summary>
/// <param name="JobId">The job; it is credited once, and whole.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="ComplaintId">The complaint that led to it.</param>
/// <param name="TranslatorId">Who wrote what was complained about.</param>
/// <param name="ByRuling">True if a second translator found the complaint right: then the translator's fee goes back too.</param>
/// <param name="CreditedAt">When, UTC.</param>
public sealed record ComplaintCredited(
    Guid JobId, Guid MerchantId, Guid ComplaintId, Guid TranslatorId, bool ByRuling, DateTimeOffset CreditedAt);

/// <summary>The ruling went against the delivery: nothing is charged, the reservation is released, the delivery is not paid.</summary>
/// <param name="JobId">The job, now <c>refunded</c>.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="RefundedAt">When, UTC.</param>
public sealed record JobRefunded(Guid JobId, Guid MerchantId, DateTimeOffset RefundedAt);

/// <summary>The confidential part of a revision, rejection or complaint. It travels and rests sealed only.</summary>
/// <param name="Reason"><c>meaning</c>, <c>omission</c>, <c>language</c>, <c>terminology</c>, <c>tone</c>, <c>brief</c> or <c>other</c>.</param>
/// <param name="Note">What is wrong, in the merchant's words.</param>
/// <param name="Passages">Which places of the delivered text are meant.</param>
public sealed record ObjectionContent(string Reason, string? Note, IReadOnlyList<Passage> Passages);

/// <summary>A place in a delivered text.</summary>
/// <param name="Start">Offset of the first character, in UTF-16 code units, from 0.</param>
/// <param name="End">Offset after the last character.</param>
/// <param name="Note">What is wrong with it.</param>
public sealed record Passage(int Start, int End, string? Note);

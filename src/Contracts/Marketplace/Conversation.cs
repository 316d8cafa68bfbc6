namespace Zweizeiler.Contracts.Marketplace;

/// <summary>A translator asks the merchant something; the clock stops until she answers.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="Version">The marketplace's version of the job.</param>
/// <param name="QuestionId">The question.</param>
/// <param name="TranslatorId">Who asks.</param>
/// <param name="DisplayName">The name that the merchant sees.</param>
/// <param name="BeforeClaim">True if the job is still open: it stays so. Otherwise it is <c>on_hold</c>.</param>
/// <param name="Content">The text, sealed under the question's id.</param>
/// <param name="AskedAt">When, UTC.</param>
public sealed record QuestionAsked(
    Guid JobId, Guid MerchantId, int Version, Guid QuestionId, Guid TranslatorId, string DisplayName, bool BeforeClaim, SealedText Content, DateTimeOffset AskedAt);

/// <summary>The job was cancelled at the merchant's wish.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="Version">The marketplace's version of the job.</param>
/// <param name="TranslatorId">Who held the job, and is paid a share; null if work had not begun, and then nothing is charged.</param>
/// <param name="CancelledAt">When, UTC.</param>
public sealed record JobCancelled(Guid JobId, Guid MerchantId, int Version, Guid? TranslatorId, DateTimeOffset CancelledAt);

/// <summary>The cancellation came too late: the job was delivered before.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="Version">The marketplace's version of the job.</param>
/// <param name="RefusedAt">When, UTC.</param>
public sealed record CancellationRefused(Guid JobId, Guid MerchantId, int Version, DateTimeOffset RefusedAt);

/// <summary>A job will miss its promise unless somebody takes it: it is offered wider, or at a higher fee.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="Version">The marketplace's version of the job.</param>
/// <param name="Step"><c>widened</c> or <c>fee_raised</c>.</param>
/// <param name="RaiseCents">What the platform adds to the translator's fee so far; the merchant's price does not change.</param>
/// <param name="EscalatedAt">When, UTC.</param>
public sealed record JobEscalated(Guid JobId, Guid MerchantId, int Version, string Step, long RaiseCents, DateTimeOffset EscalatedAt);

/// <summary>
/// Somebody works on the job, but what was promised will not come in time: the first delivery, told shortly before its promise is broken, or a revision,
/// told when its time is over. The job's state does not change.
/// </summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="Version">The marketplace's version of the job.</param>
/// <param name="TranslatorId">Who works on it.</param>
/// <param name="DeliveryId">The delivery whose revision is overdue; null if it is the first delivery that is late.</param>
/// <param name="DelayedAt">When, UTC.</param>
public sealed record JobDelayed(Guid JobId, Guid MerchantId, int Version, Guid TranslatorId, Guid? DeliveryId, DateTimeOffset DelayedAt);

/// <summary>Nobody could be found in time, or the money for it did not come: the job is released and nothing is charged.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="Version">The marketplace's version of the job.</param>
/// <param name="ExpiredAt">When, UTC; before the promise.</param>
/// <param name="Unpaid">True if it was never offered, because the money for it did not come.</param>
public sealed record JobExpired(Guid JobId, Guid MerchantId, int Version, DateTimeOffset ExpiredAt, bool Unpaid = false);

/// <summary>A second translator ruled on a rejected delivery or a contested complaint.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="Version">The marketplace's version of the job.</param>
/// <param name="DeliveryId">The delivery ruled on.</param>
/// <param name="ComplaintId">The complaint, if it is about one.</param>
/// <param name="DeliveryStands">True if the delivery is good; false if the merchant was right.</param>
/// <param name="Reason">The reason, sealed under the delivery's id.</param>
/// <param name="RuledAt">When, UTC.</param>
public sealed record RulingGiven(
    Guid JobId, Guid MerchantId, int Version, Guid DeliveryId, Guid? ComplaintId, bool DeliveryStands, SealedText Reason, DateTimeOffset RuledAt);

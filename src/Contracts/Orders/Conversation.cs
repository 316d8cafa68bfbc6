namespace Zweizeiler.Contracts.Orders;

/// <summary>The merchant does not want the job any more. The marketplace decides whether that comes before a claim, after it, or too late.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="RequestedAt">When, UTC.</param>
public sealed record CancellationRequested(Guid JobId, Guid MerchantId, DateTimeOffset RequestedAt);

/// <summary>The merchant wrote to the translator: an answer to a question, or a word of her own.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="MessageId">The message.</param>
/// <param name="QuestionId">The question that it answers; null if it answers none.</param>
/// <param name="Content">The text, sealed under the message's id.</param>
/// <param name="DeliverBy">The promise from now on: later than before by the time that the question waited.</param>
/// <param name="SentAt">When, UTC.</param>
public sealed record MerchantWrote(
    Guid JobId, Guid MerchantId, Guid MessageId, Guid? QuestionId, SealedText Content, DateTimeOffset DeliverBy, DateTimeOffset SentAt);

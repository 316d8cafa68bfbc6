namespace Zweizeiler.Contracts.Notifications;

/// <summary>A merchant answered a translator's question by replying to its mail.</summary>
/// <param name="MailId">The reply; it becomes one message, however often it comes.</param>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="QuestionId">The question that it answers.</param>
/// <param name="Content">The text without what it quotes, sealed under <paramref name="MailId"/>.</param>
/// <param name="ReceivedAt">When, UTC.</param>
public sealed record AnswerReceived(
    Guid MailId, Guid JobId, Guid MerchantId, Guid QuestionId, SealedText Content, DateTimeOffset ReceivedAt);

using MassTransit;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.SendMails;
using Zweizeiler.Notifications.Persistence;

namespace Zweizeiler.Notifications.Features.TellNotices;

/// <summary>A translator asks: the merchant gets a mail that she can answer.</summary>
public sealed class QuestionAskedConsumer(NotificationsDbContext db, TimeProvider time) : IConsumer<QuestionAsked>
{
    public async Task Consume(ConsumeContext<QuestionAsked> context)
    {
        var m = context.Message;
        var question = await db.QuestionAsync(m.QuestionId, m.JobId, m.MerchantId, m.AskedAt, context.CancellationToken);
        question.Ask(m.Content);
        await db.AddOnceAsync(
            Mails.Of(
                MailTemplates.Question, m.MerchantId, $"question:{m.QuestionId:N}", m.AskedAt, time.GetUtcNow(),
                new MailDetails { Subject = m.QuestionId, State = m.BeforeClaim ? "open" : "on_hold" }, m.JobId),
            context.CancellationToken);
    }
}

/// <summary>The merchant has answered, in whichever way: the question is settled, and its words are kept no longer.</summary>
public sealed class MerchantWroteConsumer(NotificationsDbContext db) : IConsumer<MerchantWrote>
{
    public async Task Consume(ConsumeContext<MerchantWrote> context)
    {
        var m = context.Message;
        if (m.QuestionId is { } id)
        {
            var question = await db.QuestionAsync(id, m.JobId, m.MerchantId, m.SentAt, context.CancellationToken);
            question.Answer(m.SentAt);
            await db.SaveChangesAsync(context.CancellationToken);
        }
    }
}

internal static class QuestionQueries
{
    /// <summary>The question's row; an answer may overtake its question. Of two that make it at once the database lets one through, and the other is repeated.</summary>
    public static async Task<Question> QuestionAsync(
        this NotificationsDbContext db, Guid id, Guid job, Guid merchant, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var question = await db.Questions.FindAsync([id], cancellationToken);
        if (question is null)
        {
            question = new Question { Id = id, JobId = job, MerchantId = merchant, AskedAt = at };
            db.Add(question);
        }

        return question;
    }
}

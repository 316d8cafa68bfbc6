using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.FollowJob;
using Zweizeiler.Orders.Persistence;

namespace Zweizeiler.Orders.Features.Conversation;

/// <summary>A translator asks: the question is kept, sealed as it came, whether or not something newer overtook it.</summary>
internal sealed class QuestionAskedConsumer(OrdersDbContext db, IPublishEndpoint publish) : IConsumer<QuestionAsked>
{
    public Task Consume(ConsumeContext<QuestionAsked> context) => db.ApplyAsync(
        publish,
        context.Message.JobId,
        context.Message.MerchantId,
        job => AskedAsync(job, context.Message, context.CancellationToken),
        context.CancellationToken);

    private async Task AskedAsync(Job job, QuestionAsked message, CancellationToken cancellationToken)
    {
        if (await db.Messages.IgnoreQueryFilters().AnyAsync(m => m.Id == message.QuestionId, cancellationToken))
        {
            return;
        }

        var question = new Message
        {
            Id = message.QuestionId,
            JobId = job.Id,
            MerchantId = job.MerchantId,
            Mode = job.Mode,
            TranslatorId = message.TranslatorId,
            TranslatorName = message.DisplayName,
            IsQuestion = true,
            BeforeClaim = message.BeforeClaim,
            Version = message.Version,
            SentAt = message.AskedAt,
        };
        db.Messages.Add(question);
        db.MessageTexts.Add(new MessageText { MessageId = question.Id, Content = message.Content });
        job.Asked(question);
    }
}

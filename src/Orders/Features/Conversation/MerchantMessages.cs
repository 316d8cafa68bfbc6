using MassTransit;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;

namespace Zweizeiler.Orders.Features.Conversation;

internal static class MerchantMessages
{
    /// <summary>Keeps what a merchant wrote, whichever way it came, and sends it on its way to the translator.</summary>
    /// <param name="db">Where it is kept.</param>
    /// <param name="publish">By which it goes on.</param>
    /// <param name="job">The job; it knows already that she wrote.</param>
    /// <param name="id">The message, and the owner of its seal.</param>
    /// <param name="question">The question that it answers, if it answers one.</param>
    /// <param name="content">The text, sealed.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<Message> AddMerchantMessageAsync(
        this OrdersDbContext db, IPublishEndpoint publish, Job job, Guid id, Message? question, SealedText content, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var message = new Message { Id = id, JobId = job.Id, MerchantId = job.MerchantId, Mode = job.Mode, AnswersId = question?.Id, SentAt = now };
        db.Messages.Add(message);
        db.MessageTexts.Add(new MessageText { MessageId = id, Content = content });
        await publish.Publish(new MerchantWrote(job.Id, job.MerchantId, id, question?.Id, content, job.DeliverBy, now), cancellationToken);
        return message;
    }
}

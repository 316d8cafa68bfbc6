using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Notifications;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.FollowJob;
using Zweizeiler.Orders.Persistence;

namespace Zweizeiler.Orders.Features.Conversation;

/// <summary>
/// The merchant answered a question by e-mail: it becomes her message, as if she had written it through the API. The mail's id is the message's, so
/// it becomes one message however often it comes; the text is kept as it came, sealed.
/// </summary>
internal sealed partial class AnswerReceivedConsumer(OrdersDbContext db, IPublishEndpoint publish, TimeProvider time, ILogger<AnswerReceivedConsumer> logger)
    : IConsumer<AnswerReceived>
{
    public Task Consume(ConsumeContext<AnswerReceived> context) => db.ApplyAsync(
        publish,
        context.Message.JobId,
        context.Message.MerchantId,
        job => WriteAsync(job, context.Message, context.CancellationToken),
        context.CancellationToken);

    private async Task WriteAsync(Job job, AnswerReceived answer, CancellationToken cancellationToken)
    {
        if (await db.Messages.IgnoreQueryFilters().AnyAsync(m => m.Id == answer.MailId, cancellationToken))
        {
            return;
        }

        var questions = await db.Messages.IgnoreQueryFilters().Where(m => m.JobId == job.Id && m.IsQuestion).ToListAsync(cancellationToken);
        var question = questions.SingleOrDefault(q => q.Id == answer.QuestionId);
        if (question is null)
        {
            // The question is on its way here still: the endpoint's retries come again, and by then it has been stored.
            throw new InvalidOperationException("The question that is answered is not known here yet.");
        }

        var now = time.Now();
        try
        {
            job.Write(question, [.. questions.Where(q => q.AnsweredAt is null)], now);
        }
        catch (JobStateException)
        {
            // The job was over before the mail came; whoever reads the merchant's mails has told her so.
            LogTooLate(answer.MailId);
            return;
        }

        await db.AddMerchantMessageAsync(publish, job, answer.MailId, question, answer.Content, now, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The mailed answer {MailId} came when its job was over")]
    private partial void LogTooLate(Guid mailId);
}

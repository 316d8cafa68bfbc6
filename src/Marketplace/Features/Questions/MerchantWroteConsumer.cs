using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Claims;
using Zweizeiler.Marketplace.Features.Delays;
using Zweizeiler.Marketplace.Features.Escalation;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Marketplace.Features.Questions;

/// <summary>
/// The merchant answers a question, or writes of her own accord. The new promise is taken over; a lease that the question stopped goes on with what
/// was left of it, the escalation of an open job with where it was.
/// </summary>
public sealed class MerchantWroteConsumer(MarketplaceDbContext db, EscalateJob escalate, LeaseWatch leases, TellDelay delays, TimeProvider time) : IConsumer<MerchantWrote>
{
    public async Task Consume(ConsumeContext<MerchantWrote> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        // The merchant may write before the job is here; then only her words are kept.
        await db.EnterJobAsync(message.JobId, cancellationToken);
        var job = await db.LockJobAsync(message.JobId, cancellationToken);
        if (job is { State: JobState.Cancelled or JobState.Expired }
            || await db.Messages.AnyAsync(m => m.Id == message.MessageId, cancellationToken))
        {
            return;
        }

        db.Add(new Message
        {
            Id = message.MessageId,
            JobId = message.JobId,
            QuestionId = message.QuestionId,
            Content = message.Content.Bytes,
            SentAt = message.SentAt,
        });
        if (job is not null)
        {
            await AnswerAsync(job, message, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task AnswerAsync(Job job, MerchantWrote message, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (promise, state) = (job.DeliverBy, job.State);
        job.Postpone(message.DeliverBy);
        var question = message.QuestionId is { } id
            ? await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.JobId == job.Id, cancellationToken)
            : null;
        if (question is { TranslatorId: not null, SettledAt: null })
        {
            await db.Messages.Where(m => m.Id == question.Id).ExecuteUpdateAsync(m => m.SetProperty(x => x.SettledAt, now), cancellationToken);
            await GoOnAsync(job, question, now, cancellationToken);
        }

        if (job.DeliverBy != promise || job.State != state)
        {
            delays.Watch(job, now);
        }

        foreach (var reader in new[] { question?.TranslatorId, job.HolderId }.OfType<Guid>().Distinct())
        {
            await LiveSignal.Person(reader).SendAsync(db, cancellationToken);
        }
    }

    private async Task GoOnAsync(Job job, Message question, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (job.State == JobState.Open)
        {
            if (!await db.HasOpenQuestionAsync(job.Id, cancellationToken))
            {
                escalate.Watch(job, now);
            }
        }
        else if (question.TranslatorId == job.HolderId && !question.BeforeClaim && job.Resume(now)
            && job is { ClaimId: { } claim, LeaseUntil: { } until })
        {
            await db.Claims.Where(c => c.Id == claim).ExecuteUpdateAsync(c => c.SetProperty(x => x.LeaseUntil, until), cancellationToken);
            leases.Watch(claim, job.Id, until, now);
        }
    }
}

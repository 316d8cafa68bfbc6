using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Claims;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Features.Offers;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Desk;

/// <summary>What operators do to a job by hand. Each is written down with its reason in the same transaction, or not done.</summary>
public sealed class MoveJob(MarketplaceDbContext db, OfferInTurn offers, ReleaseJob release, TimeProvider time)
{
    /// <summary>Offers an open job in turn anew, also to those who were asked before. False if it is no longer open.</summary>
    public async Task<bool> ReofferAsync(Guid operatorId, Guid jobId, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.LockJobAsync(jobId, cancellationToken) is not { State: JobState.Open, IsLive: true } job)
        {
            return false;
        }

        await db.Offers.Where(o => o.JobId == jobId && o.EndedAt == null).ExecuteUpdateAsync(
            o => o.SetProperty(x => x.EndedAt, now).SetProperty(x => x.Outcome, OfferOutcome.Withdrawn), cancellationToken);
        await offers.BeginAsync(job, now, cancellationToken);
        await WriteDownAsync(operatorId, jobId, DeskAction.Reoffered, reason, null, now, cancellationToken);
        await LiveSignal.Job(jobId).SendAsync(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Takes a job back from whoever holds it; her draft is kept. False if nobody holds it any more.</summary>
    public async Task<bool> ReleaseAsync(Guid operatorId, Guid jobId, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await release.TakeBackAsync(jobId, now, cancellationToken) is not { } holder)
        {
            return false;
        }

        await WriteDownAsync(operatorId, jobId, DeskAction.Released, reason, holder, now, cancellationToken);
        await LiveSignal.Person(holder).SendAsync(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task WriteDownAsync(
        Guid operatorId, Guid jobId, string action, string reason, Guid? translatorId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.Add(new DeskAction
        {
            Id = Guid.CreateVersion7(now),
            OperatorId = operatorId,
            JobId = jobId,
            Action = action,
            Reason = reason,
            TranslatorId = translatorId,
            DoneAt = now,
        });
        await db.SaveChangesAsync(cancellationToken);
    }
}

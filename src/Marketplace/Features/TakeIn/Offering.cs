using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Escalation;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Features.Offers;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.TakeIn;

/// <summary>Puts a job on offer: to the best fitting translators in turn, each for a short time alone, then to all of its pair whom the merchant has not blocked.</summary>
public sealed class Offering(MarketplaceDbContext db, OfferInTurn inTurn, EscalateJob escalate, UnpaidJobs unpaid, TimeProvider time)
{
    public async Task FundAsync(Job job, long feeCents, DateTimeOffset fundedAt, IPublishEndpoint publish, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // A replica of an earlier release erased the text when there was no money: nobody could do the job.
        if (job.State == JobState.PaymentRequired && db.Entry(job).State != EntityState.Added
            && !await db.JobTexts.AnyAsync(t => t.JobId == job.Id, cancellationToken))
        {
            await unpaid.EndAsync(job, now, cancellationToken);
            return;
        }

        if (!job.Fund(feeCents, fundedAt, now))
        {
            return;
        }

        escalate.Watch(job, now);
        await inTurn.BeginAsync(job, now, cancellationToken);
        await publish.Publish(new JobOffered(job.Id, job.MerchantId, job.Version, now), cancellationToken);
        await LiveSignal.Job(job.Id).SendAsync(db, cancellationToken);
    }
}

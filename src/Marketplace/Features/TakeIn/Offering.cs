using MassTransit;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Escalation;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.TakeIn;

/// <summary>
/// Puts a job on offer to all available translators of its pair but those whom the merchant has blocked; who did the last job of the case, and whom
/// the merchant prefers, see it marked and first. Who is asked first, and for how long alone, is to be decided here.
/// </summary>
public sealed class Offering(MarketplaceDbContext db, EscalateJob escalate, TimeProvider time)
{
    public async Task FundAsync(Job job, long feeCents, DateTimeOffset fundedAt, IPublishEndpoint publish, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!job.Fund(feeCents, fundedAt, now))
        {
            return;
        }

        escalate.Watch(job, now);
        await publish.Publish(new JobOffered(job.Id, job.MerchantId, job.Version, now), cancellationToken);
        await LiveSignal.Job(job.Id).SendAsync(db, cancellationToken);
    }
}

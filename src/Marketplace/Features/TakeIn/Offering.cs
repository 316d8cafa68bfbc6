using MassTransit;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.TakeIn;

/// <summary>Puts a job on offer to all available translators of its pair. Who is asked first, and for how long alone, is to be decided here.</summary>
public sealed class Offering(MarketplaceDbContext db, TimeProvider time)
{
    public async Task FundAsync(Job job, long feeCents, DateTimeOffset fundedAt, IPublishEndpoint publish, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!job.Fund(feeCents, fundedAt, now))
        {
            return;
        }

        await publish.Publish(new JobOffered(job.Id, job.MerchantId, job.Version, now), cancellationToken);
        await LiveSignal.Job(job.Id).SendAsync(db, cancellationToken);
    }
}

using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Marketplace.Features.TakeIn;

/// <summary>Keeps what a job is and its sealed content; opens it to translators if its money is already there.</summary>
public sealed class JobPlacedConsumer(MarketplaceDbContext db, Offering offering, TimeProvider time) : IConsumer<JobPlaced>
{
    public async Task Consume(ConsumeContext<JobPlaced> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        await db.EnterJobAsync(message.JobId, cancellationToken);
        if (await db.Jobs.AnyAsync(j => j.Id == message.JobId, cancellationToken))
        {
            return;
        }

        var now = time.GetUtcNow();
        var job = Job.Place(message.JobId, message.MerchantId, message.Facts, message.Price, message.PlacedAt, now, message.Preferences, message.Filing.CaseId);
        db.Add(job);
        var early = await db.EarlyFundings.SingleOrDefaultAsync(f => f.JobId == message.JobId, cancellationToken);
        var cancelled = await db.EarlyCancellations.SingleOrDefaultAsync(c => c.JobId == message.JobId, cancellationToken);
        if (cancelled is not null)
        {
            job.CancelUnseen(now);
            await context.Publish(new JobCancelled(job.Id, job.MerchantId, job.Version, TranslatorId: null, now), cancellationToken);
            db.Remove(cancelled);
            await db.Messages.Where(m => m.JobId == job.Id).ExecuteDeleteAsync(cancellationToken);
        }
        else if (early is { FeeCents: null })
        {
            job.Decline(now);
        }
        else
        {
            db.Add(new JobText { JobId = job.Id, Content = message.Content.Bytes });
            await KeepKeyAsync(message.MerchantId, message.DataKey, cancellationToken);
        }

        if (early is { FeeCents: { } fee } && cancelled is null)
        {
            await offering.FundAsync(job, fee, early.DecidedAt, context, cancellationToken);
        }

        if (early is not null)
        {
            db.Remove(early);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Two jobs of a new merchant may arrive at once; the first to commit brings the key.</summary>
    private async Task KeepKeyAsync(Guid merchantId, WrappedDataKey key, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO merchant_keys (merchant_id, data_key) VALUES ({merchantId}, {key.Bytes}) ON CONFLICT (merchant_id) DO NOTHING",
            cancellationToken);
}

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
public sealed class JobPlacedConsumer(MarketplaceDbContext db, Offering offering, UnpaidJobs unpaid, TimeProvider time) : IConsumer<JobPlaced>
{
    public async Task Consume(ConsumeContext<JobPlaced> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        await db.EnterJobAsync(message.JobId, cancellationToken);
        var before = await WhatCameBeforeAsync(message, cancellationToken);
        if (before.Job)
        {
            return;
        }

        var now = time.GetUtcNow();
        var job = Job.Place(message.JobId, message.MerchantId, message.Facts, message.Price, message.PlacedAt, now, message.Preferences, message.Filing.CaseId);
        db.Add(job);
        var early = before.News ? await db.EarlyFundings.SingleOrDefaultAsync(f => f.JobId == message.JobId, cancellationToken) : null;
        var cancelled = before.News ? await db.EarlyCancellations.SingleOrDefaultAsync(c => c.JobId == message.JobId, cancellationToken) : null;
        if (cancelled is not null)
        {
            job.CancelUnseen(now);
            await context.Publish(new JobCancelled(job.Id, job.MerchantId, job.Version, TranslatorId: null, now), cancellationToken);
            db.Remove(cancelled);
            await db.Messages.Where(m => m.JobId == job.Id).ExecuteDeleteAsync(cancellationToken);
        }
        else
        {
            if (early is not { FeeCents: null } || UnpaidJobs.MayGoOn(early.DeclineReason))
            {
                db.Add(new JobText { JobId = job.Id, Content = message.Content.Bytes });
                if (!before.Key)
                {
                    await KeepKeyAsync(message.MerchantId, message.DataKey, cancellationToken);
                }
            }

            await FollowFundingAsync(job, early, context, now, cancellationToken);
        }

        if (early is not null)
        {
            db.Remove(early);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task FollowFundingAsync(Job job, EarlyFunding? early, IPublishEndpoint publish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (early is { FeeCents: { } fee })
        {
            if (early.DeclinedAt is { } before)
            {
                job.Decline(before, now);
            }

            await offering.FundAsync(job, fee, early.DecidedAt, publish, cancellationToken);
        }
        else if (early is not null)
        {
            job.Decline(early.DeclinedAt ?? early.DecidedAt, now);
            unpaid.Watch(job, now);
        }
    }

    /// <summary>In one look: mostly nothing of the job did, and the merchant's key has been there for long.</summary>
    private Task<Before> WhatCameBeforeAsync(JobPlaced placed, CancellationToken cancellationToken) => db.Database.SqlQuery<Before>(
        $"""
        SELECT EXISTS (SELECT 1 FROM jobs WHERE id = {placed.JobId}) AS job,
            EXISTS (SELECT 1 FROM early_fundings WHERE job_id = {placed.JobId}) OR EXISTS (SELECT 1 FROM early_cancellations WHERE job_id = {placed.JobId}) AS news,
            EXISTS (SELECT 1 FROM merchant_keys WHERE merchant_id = {placed.MerchantId}) AS key
        """).SingleAsync(cancellationToken);

    /// <summary>Two jobs of a new merchant may arrive at once; the first to commit brings the key.</summary>
    private async Task KeepKeyAsync(Guid merchantId, WrappedDataKey key, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO merchant_keys (merchant_id, data_key) VALUES ({merchantId}, {key.Bytes}) ON CONFLICT (merchant_id) DO NOTHING",
            cancellationToken);

    private sealed record Before(bool Job, bool News, bool Key);
}

using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Features.KeepPriceLists;
using Zweizeiler.Billing.Features.SettleJob;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Billing.Features.FundJob;

/// <summary>
/// A job was placed: is its price right to the cent, and can the merchant pay it? Then the gross price is set aside, and the job may be offered.
/// </summary>
public sealed partial class JobPlacedConsumer(
    BillingDbContext db, JobFunding funding, PriceLists priceLists, TaxRules taxes, Settlement settlement, BillingMetrics metrics, TimeProvider time,
    ILogger<JobPlacedConsumer> logger) : IConsumer<JobPlaced>
{
    public async Task Consume(ConsumeContext<JobPlaced> context)
    {
        var placed = context.Message;
        var cancellation = context.CancellationToken;
        await db.EnterJobAsync(placed.JobId, cancellation);
        var before = await WhatCameBeforeAsync(placed.JobId, cancellation);
        // Beyond the inbox: the same job told under another message id is still the same job.
        if (before.Job)
        {
            return;
        }

        var list = await priceLists.FindAsync(db, placed.Price.PriceList, cancellation);
        var news = before.News ? await settlement.NewsOfAsync(placed.JobId, cancellation) : JobNews.None;
        var job = Keep(placed, list);
        db.Jobs.Add(job);
        if (news.CameToNothing)
        {
            // It is over already: nobody waits for its money, so nothing is set aside and nothing is said.
            job.Release();
            return;
        }

        if (!PriceCheck.IsRight(placed, list, taxes))
        {
            LogMismatch(job.Id);
            metrics.PriceMismatch();
            job.Decline("price.mismatch");
            await TellDeclinedAsync(context, job, time.GetUtcNow());
            return;
        }

        var cause = new Cause(nameof(JobPlaced), context.MessageId, "Reserved on placing", job.PlacedAt);
        if (job.IsLive && !await funding.TryReserveAsync(job, news.TranslatorId, cause, job.Reserve, cancellation))
        {
            var now = time.GetUtcNow();
            if (news.IsEnded)
            {
                job.Decline(Job.BalanceInsufficient);
            }
            else
            {
                job.AwaitMoney(now);
            }

            await TellDeclinedAsync(context, job, now);
            return;
        }

        metrics.Funded(job.Mode);
        await context.Publish(
            new JobFunded(job.Id, job.MerchantId, job.ReservedCents, job.Price.TranslatorFeeCents, time.GetUtcNow()), cancellation);
        // What was set aside is there before it is taken: entries that are saved together are written in no particular order.
        await db.SaveChangesAsync(cancellation);
        await settlement.SettleAsync(context, job, news);
    }

    /// <summary>In one look: mostly nothing did.</summary>
    private Task<Before> WhatCameBeforeAsync(Guid job, CancellationToken cancellationToken) => db.Database.SqlQuery<Before>(
        $"""
        SELECT EXISTS (SELECT 1 FROM jobs WHERE id = {job}) AS job,
            EXISTS (SELECT 1 FROM acceptances WHERE job_id = {job}) OR EXISTS (SELECT 1 FROM endings WHERE job_id = {job})
            OR EXISTS (SELECT 1 FROM fee_raises WHERE job_id = {job}) OR EXISTS (SELECT 1 FROM credits WHERE job_id = {job}) AS news
        """).SingleAsync(cancellationToken);

    private static Job Keep(JobPlaced placed, PriceList? list) => new()
    {
        Id = placed.JobId,
        MerchantId = placed.MerchantId,
        Mode = placed.Facts.Mode,
        Kind = placed.Facts.Kind,
        Source = placed.Facts.Source,
        Target = placed.Facts.Target,
        Urgency = placed.Facts.Urgency,
        Reference = placed.Filing.Reference,
        CostCentre = placed.Filing.CostCentre,
        Price = new JobAmounts(
            placed.Price.PriceList, placed.Price.Lines, PriceCheck.MinimumOf(placed.Price, list), placed.Price.BilledLines, placed.Price.RatePerLine,
            placed.Price.UrgencyFactor, placed.Price.RepetitionFactor, placed.Price.NetCents, placed.Price.Currency, placed.Price.TaxCategory,
            placed.Price.TaxRate, placed.Price.TaxCents, placed.Price.TranslatorFeeCents),
        PlacedAt = placed.PlacedAt,
    };

    private Task TellDeclinedAsync(ConsumeContext<JobPlaced> context, Job job, DateTimeOffset now)
    {
        metrics.Declined(job.DeclineReason!);
        return context.Publish(new JobFundingDeclined(job.Id, job.MerchantId, job.DeclineReason!, now), context.CancellationToken);
    }

    private sealed record Before(bool Job, bool News);

    [LoggerMessage(Level = LogLevel.Error, Message = "The price of job {JobId} is not the one that billing finds; it is not funded")]
    private partial void LogMismatch(Guid jobId);
}

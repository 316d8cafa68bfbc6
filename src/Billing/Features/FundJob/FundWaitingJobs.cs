using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Features.SettleJob;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Billing.Features.FundJob;

/// <summary>
/// Funds jobs that were declined for want of money as soon as the balance covers them, in the order of placing. It looks at balances instead of being told,
/// so that money can come in anywhere (a payment, a credit, a reservation that is released, a higher limit) and no place needs to know of it.
/// </summary>
internal sealed class FundWaitingJobs(IServiceScopeFactory scopes)
{
    /// <summary>Looked at in one go; the next go takes the next ones.</summary>
    private const int AtOnce = 100;

    /// <summary>Funds what is covered now. Any number of replicas may do it side by side.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        bool more;
        do
        {
            // With what they cost in sum a merchant's jobs may all look covered; each is decided on her locked balance below, and the rest is looked at anew.
            var covered = await CoveredAsync(cancellationToken);
            more = covered.Count == AtOnce;
            var funded = 0;
            HashSet<Guid> busy = [];
            foreach (var job in covered.Where(j => !busy.Contains(j.MerchantId)))
            {
                await using var scope = scopes.CreateAsyncScope();
                switch (await scope.ServiceProvider.GetRequiredService<FundWaitingJob>().RunAsync(job.Id, cancellationToken))
                {
                    case WaitingJobOutcome.Funded:
                        funded++;
                        break;
                    case WaitingJobOutcome.Busy:
                        // Somebody is at this one: what was placed after it waits for the next round, so that it cannot take the money first.
                        busy.Add(job.MerchantId);
                        break;
                }
            }

            more &= funded > 0;
        }
        while (more);
    }

    private async Task<List<Waiting>> CoveredAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<BillingDbContext>().Database.SqlQuery<Waiting>(
            $"""
            SELECT j.id, j.merchant_id
            FROM jobs j
            JOIN accounts a ON a.kind = 'merchant_balance' AND a.owner_id = j.merchant_id
            JOIN balances b ON b.account_id = a.id
            WHERE j.waits_since IS NOT NULL AND j.net_cents + j.tax_cents <= b.balance_cents - coalesce(b.floor_cents, 0)
            ORDER BY j.placed_at, j.id
            LIMIT {AtOnce}
            """).ToListAsync(cancellationToken);
    }

    private sealed record Waiting(Guid Id, Guid MerchantId);
}

internal enum WaitingJobOutcome
{
    Funded,

    /// <summary>It waits no more, or its merchant's balance does not cover it (any more).</summary>
    Not,

    /// <summary>Another transaction is at the job.</summary>
    Busy,
}

/// <summary>Funds one of them, in one transaction: a crash leaves it waiting as it was.</summary>
internal sealed class FundWaitingJob(
    BillingDbContext db, JobFunding funding, Settlement settlement, IPublishEndpoint publish, BillingMetrics metrics, TimeProvider time)
{
    public async Task<WaitingJobOutcome> RunAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await db.TryEnterJobAsync(jobId, cancellationToken))
        {
            return WaitingJobOutcome.Busy;
        }

        var job = await db.Jobs.IgnoreQueryFilters().SingleAsync(j => j.Id == jobId, cancellationToken);
        // Its end is kept under the same lock: whatever has ended is seen here, also if it was not settled.
        if (job.WaitsSince is null || (await settlement.NewsOfAsync(jobId, cancellationToken)).IsEnded)
        {
            return WaitingJobOutcome.Not;
        }

        var now = time.GetUtcNow();
        var cause = new Cause(nameof(FundWaitingJob), null, "Reserved when the balance covered it", now);
        if (!await funding.TryReserveAsync(job, translator: null, cause, job.FundAfterAll, cancellationToken))
        {
            return WaitingJobOutcome.Not;
        }

        metrics.Funded(job.Mode);
        await publish.Publish(new JobFunded(job.Id, job.MerchantId, job.ReservedCents, job.Price.TranslatorFeeCents, now), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return WaitingJobOutcome.Funded;
    }
}

/// <summary>Looks every second whether money has come for a job that waits.</summary>
internal sealed class FundingRounds(FundWaitingJobs waiting, TimeProvider time, ILogger<FundingRounds> logger)
    : Rounds(TimeSpan.FromSeconds(1), time, logger)
{
    protected override Task RunRoundAsync(CancellationToken cancellationToken) => waiting.RunAsync(cancellationToken);
}

using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.ApiKeys;

/// <summary>
/// Keeps what a key spends within its limit. Each limited key has one row a window; it is raised on condition, in the transaction that stores the
/// jobs, so requests of one key at the same time wait for each other there and none can pass the limit. Keys without a limit touch no row.
/// </summary>
internal sealed class SpendingLimits(OrdersDbContext db, Caller caller, Merchants merchants, TimeProvider time)
{
    /// <summary>Counts the jobs of one request towards the calling key's limit, all or none; call it last, before they are saved.</summary>
    /// <exception cref="ApiException">They would pass the limit (402); nothing is stored.</exception>
    public async Task CountAsync(IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        if (caller.SpendingLimit is not { } text)
        {
            foreach (var job in jobs)
            {
                job.PlacedWith(caller.KeyId);
            }

            return;
        }

        var limit = SpendingLimit.Parse(text);
        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        var window = SpendingWindow.At(limit.Period, time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(merchant.TimeZone));
        foreach (var job in jobs)
        {
            job.PlacedWith(caller.KeyId, window);
        }

        var cents = jobs.Sum(j => j.SpentCents);
        if (jobs.Any(j => j.Price.Currency != limit.Currency) || cents > limit.Cents || !await RaiseAsync(window, cents, limit, cancellationToken))
        {
            throw new ApiException(await ExceededAsync(limit, window, cents, cancellationToken));
        }
    }

    private async Task<bool> RaiseAsync(SpendingWindow window, long cents, SpendingLimit limit, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is null)
        {
            // The end of the unit of work commits it; until then the row is this request's.
            await db.Database.BeginTransactionAsync(cancellationToken);
        }

        return await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO key_spending AS s (key_id, spent_in, cents) VALUES ({caller.KeyId}, {window.Name}, {cents})
            ON CONFLICT (key_id, spent_in) DO UPDATE SET cents = s.cents + EXCLUDED.cents WHERE s.cents + EXCLUDED.cents <= {limit.Cents}
            """,
            cancellationToken) == 1;
    }

    private async Task<ApiProblem> ExceededAsync(SpendingLimit limit, SpendingWindow window, long cents, CancellationToken cancellationToken)
    {
        var spent = await db.KeySpending.Where(s => s.KeyId == caller.KeyId && s.SpentIn == window.Name)
            .Select(s => s.Cents).SingleOrDefaultAsync(cancellationToken);
        var remaining = Math.Max(0, limit.Cents - spent);
        return new ApiProblem(
            StatusCodes.Status402PaymentRequired,
            "spending_limit.exceeded",
            "The key's spending limit does not permit this",
            "The request costs more than the key may still spend: 'requested' and 'remaining' say how much, in cents with tax. Nothing was stored. "
                + (window.EndsAt is null ? "The limit is one for all time; use another key." : "'resetsAt' says when the limit begins anew."))
        {
            Extensions = new Dictionary<string, object?>
            {
                ["limit"] = limit.Cents,
                ["period"] = limit.PeriodName,
                ["requested"] = cents,
                ["remaining"] = remaining,
                ["currency"] = limit.Currency,
                ["resetsAt"] = window.EndsAt,
            },
        };
    }
}

internal static class Spending
{
    /// <summary>
    /// Brings the spending of the job's key in line with the job's state. Call it in the transaction that changes the state, after the change and
    /// before it is saved; the job's row is locked. Calling it again changes nothing.
    /// </summary>
    public static async Task SettleSpendingAsync(this OrdersDbContext db, Job job, CancellationToken cancellationToken)
    {
        if (job.Recount() is not 0 and var difference)
        {
            await db.Database.ExecuteSqlAsync(
                $"UPDATE key_spending SET cents = cents + {difference} WHERE key_id = {job.KeyId} AND spent_in = {job.SpentIn}", cancellationToken);
        }
    }
}

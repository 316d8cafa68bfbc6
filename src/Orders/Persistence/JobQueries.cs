using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Persistence;

internal static class JobQueries
{
    /// <summary>
    /// Loads a job of the caller and locks its row until the transaction ends, so that commands and facts for one job wait for each other.
    /// Opens a transaction where there is none; the end of the unit of work commits it.
    /// </summary>
    public static async Task<Job?> LockOwnAsync(this OrdersDbContext db, Guid id, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is null)
        {
            await db.Database.BeginTransactionAsync(cancellationToken);
        }

        await LockRowAsync(db, id, cancellationToken);
        return await db.Jobs.SingleOrDefaultAsync(j => j.Id == id, cancellationToken);
    }

    /// <summary>The same by the id that the public knows.</summary>
    /// <exception cref="ApiException">The caller has no such job (404).</exception>
    public static async Task<Job> LockOwnAsync(this OrdersDbContext db, string id, CancellationToken cancellationToken) =>
        (PublicId.TryParse(Ids.Job, id, out var jobId) ? await db.LockOwnAsync(jobId, cancellationToken) : null)
        ?? throw new ApiException(CommonProblems.NotFound("job"));

    /// <summary>The same for a fact from another service, which names the merchant itself; the consumer's transaction is open.</summary>
    public static async Task<Job> LockAsync(this OrdersDbContext db, Guid id, Guid merchantId, CancellationToken cancellationToken)
    {
        await LockRowAsync(db, id, cancellationToken);
        return await db.Jobs.IgnoreQueryFilters().SingleOrDefaultAsync(j => j.Id == id && j.MerchantId == merchantId, cancellationToken)
            ?? throw new InvalidOperationException($"There is no job {id:N} of merchant {merchantId:N}.");
    }

    private static Task<int> LockRowAsync(OrdersDbContext db, Guid id, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT 1 FROM jobs WHERE id = {id} FOR UPDATE", cancellationToken);
}

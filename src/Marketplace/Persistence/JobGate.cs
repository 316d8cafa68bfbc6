using Microsoft.EntityFrameworkCore;

namespace Zweizeiler.Marketplace.Persistence;

/// <summary>
/// Lets one transaction at a time take in news of a job. JobPlaced and JobFunded come in either order and may come at once; without the gate each
/// could miss what the other has not committed yet, and the job would never be offered.
/// </summary>
internal static class JobGate
{
    public static Task EnterAsync(MarketplaceDbContext db, Guid jobId, CancellationToken cancellationToken)
    {
        var text = jobId.ToString("N");
        return db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({text}, 0))", cancellationToken);
    }
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Zweizeiler.ServiceDefaults.Data;

/// <summary>
/// Lets one transaction at a time work on a job: what is told of it can arrive twice, in any order and side by side, and without the gate each could miss
/// what the other has not committed yet.
/// </summary>
public static class JobGate
{
    /// <summary>Waits until nobody else is in, and stays in until the transaction ends.</summary>
    public static Task EnterJobAsync(this DbContext db, Guid job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var text = TextOf(job);
        return db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({text}, 0))", cancellationToken);
    }

    /// <summary>Does not wait: false when somebody else is in. Who is let in stays in until the transaction ends.</summary>
    public static Task<bool> TryEnterJobAsync(this DbContext db, Guid job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var text = TextOf(job);
        return db.Database.SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtextextended({text}, 0)) AS \"Value\"").SingleAsync(cancellationToken);
    }

    private static string TextOf(Guid job) => job.ToString("N", CultureInfo.InvariantCulture);
}

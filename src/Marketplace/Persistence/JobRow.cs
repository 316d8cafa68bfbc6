using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Marketplace.Persistence;

/// <summary>A job's row, locked: what is decided on it holds until the transaction ends, and conditional updates of others wait and look again.</summary>
internal static class JobRow
{
    /// <summary>
    /// Tracked, so that changes to it are saved. Not <c>FOR UPDATE</c>: who saves a draft or a delivery of the job refers to it and would have to wait.
    /// </summary>
    public static async Task<Job?> LockJobAsync(this MarketplaceDbContext db, Guid jobId, CancellationToken cancellationToken) =>
        (await db.Jobs.FromSql($"SELECT * FROM jobs WHERE id = {jobId} FOR NO KEY UPDATE").ToListAsync(cancellationToken)).SingleOrDefault();

    /// <summary>Whether somebody waits for the merchant's answer about the job.</summary>
    public static Task<bool> HasOpenQuestionAsync(this MarketplaceDbContext db, Guid jobId, CancellationToken cancellationToken) =>
        db.Messages.AnyAsync(m => m.JobId == jobId && m.TranslatorId != null && m.SettledAt == null, cancellationToken);

    /// <summary>She goes on without the answers that she waited for; the merchant can still give them.</summary>
    public static Task SettleQuestionsAsync(this MarketplaceDbContext db, Guid jobId, Guid translatorId, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Messages.Where(m => m.JobId == jobId && m.TranslatorId == translatorId && m.SettledAt == null)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.SettledAt, now), cancellationToken);

    /// <summary>What is said to an older delivery than the newest comes late.</summary>
    public static async Task<bool> IsNewestDeliveryAsync(this MarketplaceDbContext db, Guid jobId, Guid deliveryId, CancellationToken cancellationToken) =>
        await db.Deliveries.Where(d => d.JobId == jobId).OrderByDescending(d => d.Version).Select(d => d.Id).FirstOrDefaultAsync(cancellationToken) == deliveryId;

    /// <summary>Erases what was confidential about a job that nobody will work at any more.</summary>
    public static async Task EraseTextsAsync(this MarketplaceDbContext db, Guid jobId, CancellationToken cancellationToken)
    {
        await db.JobTexts.Where(t => t.JobId == jobId).ExecuteDeleteAsync(cancellationToken);
        await db.Drafts.Where(d => d.JobId == jobId).ExecuteDeleteAsync(cancellationToken);
        await db.Messages.Where(m => m.JobId == jobId).ExecuteDeleteAsync(cancellationToken);
    }
}

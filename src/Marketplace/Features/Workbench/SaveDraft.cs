using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Claims;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Features.Reviews;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Workbench;

/// <param name="Version">The draft's version in the database after this.</param>
/// <param name="SavedAt">When it was saved last.</param>
/// <param name="IsHeld">Whether the job is still hers; the words are kept either way.</param>
/// <param name="Other">What another window has saved meanwhile; null when this one was saved.</param>
/// <param name="LeaseUntil">When her claim ends now; writing moves it away.</param>
public sealed record DraftSaved(int Version, DateTimeOffset SavedAt, bool IsHeld, DraftContent? Other, DateTimeOffset? LeaseUntil = null);

/// <summary>
/// Keeps what has been written so far. A window that was not the last to save is refused and shown the other text, so that nothing is overwritten
/// unseen. When the lease has just ended the words are still taken: they are kept for their writer.
/// </summary>
public sealed class SaveDraft(MarketplaceDbContext db, JobTextReader texts, Writing writing, LeaseWatch leases, TimeProvider time)
{
    /// <summary>Far above what any job asks for; keeps a mishap from filling the table.</summary>
    public const int LongestText = 40_000;

    /// <summary>For fields of one line.</summary>
    public const int LongestShort = 200;

    public async Task<DraftSaved?> RunAsync(Guid translatorId, Guid jobId, DraftContent content, int baseVersion, CancellationToken cancellationToken)
    {
        var job = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == jobId, cancellationToken);
        var isHeld = await writing.FindAsync(translatorId, jobId, cancellationToken) is not null;
        if (job is null || !(isHeld || await HadItAsync(translatorId, job, cancellationToken)))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var key = await texts.KeyAsync(job.MerchantId, cancellationToken);
        var bytes = texts.SealDraft(key, jobId, content);
        var saved = await db.Database.SqlQuery<int>(
            $"""
            INSERT INTO drafts AS d (job_id, translator_id, content, version, saved_at) VALUES ({jobId}, {translatorId}, {bytes}, 1, {now})
            ON CONFLICT (job_id, translator_id) DO UPDATE SET content = excluded.content, version = d.version + 1, saved_at = excluded.saved_at
            WHERE d.version = {baseVersion}
            RETURNING version AS "Value"
            """).ToListAsync(cancellationToken);
        if (saved is [var version])
        {
            return new DraftSaved(version, now, isHeld, null, isHeld ? await leases.WritingAsync(job, now, cancellationToken) : null);
        }

        var current = await db.Drafts.AsNoTracking().SingleAsync(d => d.JobId == jobId && d.TranslatorId == translatorId, cancellationToken);
        var other = texts.OpenDraft(key, current);
        // The answer to an earlier save may have been lost on the way: the same words are no conflict.
        return new DraftSaved(current.Version, current.SavedAt, isHeld, other == content ? null : other);
    }

    private Task<bool> HadItAsync(Guid translatorId, Job job, CancellationToken cancellationToken) =>
        job.State is JobState.Open or JobState.InProgress
            ? db.Claims.AnyAsync(c => c.JobId == job.Id && c.TranslatorId == translatorId && (c.Outcome == ClaimOutcome.LeaseExpired || c.Outcome == ClaimOutcome.TakenBack), cancellationToken)
            : Task.FromResult(false);
}

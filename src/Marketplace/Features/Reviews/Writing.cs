using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Reviews;

/// <summary>What a translator writes at: a job in her hands, or, with the complaint, a correction of one that was accepted.</summary>
public sealed record WorkInHand(Job Job, Complaint? Complaint)
{
    public bool IsCorrection => Complaint is not null;

    /// <summary>When it is due; null while a question stops the clock.</summary>
    public DateTimeOffset? Until => Complaint?.CorrectionDueAt ?? Job.LeaseUntil;
}

/// <summary>
/// Who may write at a job, and what handing in means for it. There are four occasions: a claim, also while a question waits; a revision, likewise; and
/// a complaint. A lease that ended a moment ago does not matter as long as nobody has worked it off: the work is done, and nobody else has begun.
/// </summary>
public sealed class Writing(MarketplaceDbContext db, TimeProvider time)
{
    public async Task<WorkInHand?> FindAsync(Guid translatorId, Guid jobId, CancellationToken cancellationToken)
    {
        if (await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == jobId && j.HolderId == translatorId, cancellationToken) is not { } job)
        {
            return null;
        }

        if (job.IsWrittenBy(translatorId))
        {
            return new WorkInHand(job, null);
        }

        var complaint = job.State == JobState.Accepted
            ? await Correctable(translatorId, time.GetUtcNow()).OrderBy(c => c.ReceivedAt).FirstOrDefaultAsync(c => c.JobId == jobId, cancellationToken)
            : null;
        return complaint is null ? null : new WorkInHand(job, complaint);
    }

    /// <summary>Her complaints that a corrected delivery can still answer.</summary>
    public IQueryable<Complaint> Correctable(Guid translatorId, DateTimeOffset now) => db.Complaints.AsNoTracking()
        .Where(c => c.TranslatorId == translatorId && c.DeliveryId != null && c.CorrectedAt == null && c.CreditedAt == null && c.SatisfiedAt == null && c.CorrectionDueAt > now);

    /// <summary>Hands in, once: conditional updates decide. Returns the job's version then, or null if it was no longer hers to hand in.</summary>
    public async Task<int?> HandInAsync(WorkInHand work, Guid translatorId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var job = work.Job;
        if (!await (work.Complaint is { } complaint ? CorrectAsync(job, complaint, now, cancellationToken) : ToReviewAsync(job, translatorId, now, cancellationToken)))
        {
            return null;
        }

        await db.SettleQuestionsAsync(job.Id, translatorId, now, cancellationToken);
        await db.Drafts.Where(d => d.JobId == job.Id && d.TranslatorId == translatorId).ExecuteDeleteAsync(cancellationToken);
        return await db.Jobs.Where(j => j.Id == job.Id).Select(j => j.Version).SingleAsync(cancellationToken);
    }

    private async Task<bool> ToReviewAsync(Job job, Guid translatorId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The same claim as was looked at, or none for a revision: not one that ended and began again meanwhile.
        var done = await db.Jobs
            .Where(j => j.Id == job.Id && j.HolderId == translatorId && j.ClaimId == job.ClaimId
                && (j.State == JobState.InProgress || j.State == JobState.OnHold || j.State == JobState.InRevision))
            .ExecuteUpdateAsync(
                update => update
                    .SetProperty(j => j.State, JobState.InReview)
                    .SetProperty(j => j.ClaimId, (Guid?)null)
                    .SetProperty(j => j.LeaseUntil, (DateTimeOffset?)null)
                    .SetProperty(j => j.LeaseLeft, (TimeSpan?)null)
                    .SetProperty(j => j.ChangedAt, now)
                    .SetProperty(j => j.Version, j => j.Version + 1),
                cancellationToken);
        if (done == 1 && job.ClaimId is { } claim)
        {
            await db.Claims.Where(c => c.Id == claim).ExecuteUpdateAsync(
                c => c.SetProperty(x => x.EndedAt, now).SetProperty(x => x.Outcome, ClaimOutcome.Delivered), cancellationToken);
        }

        return done == 1;
    }

    private async Task<bool> CorrectAsync(Job job, Complaint complaint, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The job's row first, as everybody does.
        await db.Jobs.Where(j => j.Id == job.Id).ExecuteUpdateAsync(
            update => update.SetProperty(j => j.ChangedAt, now).SetProperty(j => j.Version, j => j.Version + 1), cancellationToken);
        return await db.Complaints
            .Where(c => c.Id == complaint.Id && c.CorrectedAt == null && c.CreditedAt == null && c.SatisfiedAt == null && c.CorrectionDueAt > now)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.CorrectedAt, now), cancellationToken) == 1;
    }
}

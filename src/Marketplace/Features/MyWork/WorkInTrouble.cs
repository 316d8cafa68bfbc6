using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.MyWork;

public sealed record ComplainedJob(Complaint Complaint, Job Job);

public sealed record DisputedJob(Dispute Dispute, Job Job);

/// <summary>A translator's own jobs that did not simply please: complaints, disputes, and what ended without acceptance.</summary>
public sealed class WorkInTrouble(MarketplaceDbContext db)
{
    private const int MostListed = 20;

    public Task<List<ComplainedJob>> ComplaintsAsync(Guid me, CancellationToken cancellationToken) => db.Complaints.AsNoTracking()
        .Where(c => c.TranslatorId == me)
        .OrderByDescending(c => c.ReceivedAt)
        .Take(MostListed)
        .Join(db.Jobs.AsNoTracking(), c => c.JobId, j => j.Id, (c, j) => new ComplainedJob(c, j))
        .ToListAsync(cancellationToken);

    /// <summary>Also for the moment between a ruling and its consequence.</summary>
    public Task<List<DisputedJob>> DisputedAsync(Guid me, CancellationToken cancellationToken) => db.Disputes.AsNoTracking()
        .Where(d => d.WriterId == me && d.ComplaintId == null)
        .Join(db.Jobs.AsNoTracking().Where(j => j.State == JobState.Disputed), d => d.JobId, j => j.Id, (d, j) => new DisputedJob(d, j))
        .ToListAsync(cancellationToken);

    public Task<List<Job>> EndedAsync(Guid me, CancellationToken cancellationToken) => db.Jobs.AsNoTracking()
        .Where(j => j.HolderId == me && (j.State == JobState.Cancelled || j.State == JobState.Refunded))
        .OrderByDescending(j => j.ChangedAt)
        .Take(MostListed)
        .ToListAsync(cancellationToken);
}

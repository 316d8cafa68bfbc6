using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.Desk;

public sealed record StateRow(JobState State, int Count, DateTimeOffset Oldest, DateTimeOffset Newest);

/// <summary>An open job; <c>Ready</c> is how many could take it now.</summary>
public sealed record WaitingRow(
    Guid Id, string Source, string Target, string Kind, string Urgency, int Lines, DateTimeOffset WaitsSince, DateTimeOffset DeliverBy, int GivenBack, int Ready,
    int Asked, int Declined, bool IsBeingOffered, bool IsQuestionOpen)
{
    public IReadOnlyList<string> Reasons => StuckReason.Of(new StuckFacts(Ready, Asked, Declined, IsBeingOffered, IsQuestionOpen, GivenBack));
}

public sealed record ExpiredRow(Guid JobId, string Source, string Target, string Translator, DateTimeOffset ExpiredAt, JobState Now);

/// <summary>A dispute that nobody has ruled on for hours, or a revision that is over its time.</summary>
public sealed record LateRow(Guid JobId, Guid DeliveryId, string Source, string Target, string Translator, DateTimeOffset Since);

/// <summary>What a person should look at. Ids, numbers and times only: operators do not read texts here.</summary>
[Authorize(Policy = Policies.Operator)]
public sealed class DeskPage(MarketplaceDbContext db, ReviewTimes times, Reader reader) : PageModel
{
    public const int MostListed = 60;

    public IReadOnlyList<StateRow> States { get; private set; } = [];

    public IReadOnlyList<WaitingRow> Waiting { get; private set; } = [];

    public IReadOnlyList<ExpiredRow> Expired { get; private set; } = [];

    public IReadOnlyList<LateRow> Disputes { get; private set; } = [];

    public IReadOnlyList<LateRow> Revisions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var ready = db.Translators.Where(Translator.TakesJobsAt(reader.Now));
        var live = db.Jobs.AsNoTracking().Where(j => j.Mode == "live");
        var states = await live
            .GroupBy(j => j.State)
            .Select(g => new StateRow(g.Key, g.Count(), g.Min(j => j.ChangedAt), g.Max(j => j.ChangedAt)))
            .ToListAsync(cancellationToken);
        States = [.. states.OrderBy(s => s.State)];
        // The most urgent first: whose promise ends soonest.
        Waiting = await live
            .Where(j => j.State == JobState.Open)
            .OrderBy(j => j.DeliverBy)
            .Take(MostListed)
            .Select(j => new WaitingRow(
                j.Id, j.Source, j.Target, j.Kind, j.Urgency, j.Lines, j.OfferedAt ?? j.PlacedAt, j.DeliverBy,
                db.Claims.Count(c => c.JobId == j.Id && c.EndedAt != null),
                db.TranslatorPairs.Count(p => p.Source == j.Source && p.Target == j.Target && ready.Any(t => t.Id == p.TranslatorId
                    && db.Users.Any(u => u.Id == t.Id && u.ShutOutAt == null))),
                db.Offers.Count(o => o.JobId == j.Id),
                db.Offers.Count(o => o.JobId == j.Id && o.Outcome == OfferOutcome.Declined),
                j.OfferedToId != null,
                db.Messages.Any(m => m.JobId == j.Id && m.TranslatorId != null && m.SettledAt == null)))
            .ToListAsync(cancellationToken);
        var yesterday = reader.Now - TimeSpan.FromHours(24);
        Expired = await (
            from claim in db.Claims.AsNoTracking()
            join job in db.Jobs on claim.JobId equals job.Id
            join account in db.Users on claim.TranslatorId equals account.Id
            where claim.Outcome == ClaimOutcome.LeaseExpired && claim.EndedAt >= yesterday
            orderby claim.EndedAt descending
            select new ExpiredRow(job.Id, job.Source, job.Target, account.DisplayName, claim.EndedAt ?? yesterday, job.State))
            .Take(MostListed).ToListAsync(cancellationToken);
        await LoadLateAsync(cancellationToken);
    }

    private async Task LoadLateAsync(CancellationToken cancellationToken)
    {
        var now = reader.Now;
        var since = now - times.OperatorsAfter;
        Disputes = await (
            from dispute in db.Disputes.AsNoTracking()
            join job in db.Jobs on dispute.JobId equals job.Id
            join account in db.Users on dispute.WriterId equals account.Id
            where dispute.RuledAt == null && dispute.OpenedAt <= since
            orderby dispute.OpenedAt
            select new LateRow(job.Id, dispute.DeliveryId, job.Source, job.Target, account.DisplayName, dispute.OpenedAt))
            .Take(MostListed).ToListAsync(cancellationToken);
        Revisions = await (
            from job in db.Jobs.AsNoTracking()
            join account in db.Users on job.HolderId equals account.Id
            where job.State == JobState.InRevision && job.LeaseUntil < now
            orderby job.LeaseUntil
            select new LateRow(job.Id, Guid.Empty, job.Source, job.Target, account.DisplayName, job.LeaseUntil ?? now))
            .Take(MostListed).ToListAsync(cancellationToken);
    }
}

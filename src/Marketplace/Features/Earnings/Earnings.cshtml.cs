using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Marketplace.Features.Earnings;

/// <summary>An earning with the job and delivery that it is for; a share for a job that was cancelled has no delivery.</summary>
public sealed record EarnedJob(Earning Earning, Job Job, Delivery? Delivery);

/// <summary>A day on which something was credited.</summary>
/// <param name="Name">As the reader calls it.</param>
/// <param name="Cents">All that was credited on it and kept, whether it is listed here or not.</param>
/// <param name="Jobs">What of it is listed here.</param>
public sealed record EarnedDay(string Name, long Cents, IReadOnlyList<EarnedJob> Jobs);

/// <summary>What the reader earns: one sentence, the states, and the list by day.</summary>
[Authorize(Policy = Policies.Translator)]
public sealed class EarningsPage(MarketplaceDbContext db, Reader reader, Cursors cursors) : PageModel
{
    private const int MostListed = 60;
    private const string List = "earnings";

    /// <summary>Where the list goes on.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public string? NextCursor { get; private set; }

    /// <summary>Everything is paid in euros; a second currency would need its own sentence.</summary>
    public string Currency => "EUR";

    public long InProgressCents { get; private set; }

    public long AwaitingCents { get; private set; }

    /// <summary>Whether some of it is settled only with the acceptance, by what was delivered.</summary>
    public bool IsAwaitingAtMost { get; private set; }

    public long CreditedCents { get; private set; }

    public long ThisWeekCents { get; private set; }

    public IReadOnlyList<EarnedDay> Days { get; private set; } = [];

    public bool IsEmpty => InProgressCents + AwaitingCents + CreditedCents == 0 && Days.Count == 0;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var me = User.TranslatorId();
        var open = await db.Jobs
            .Where(j => j.HolderId == me && j.Currency == Currency && (j.State == JobState.InProgress || j.State == JobState.OnHold
                || j.State == JobState.InReview || j.State == JobState.InRevision || j.State == JobState.Disputed))
            .GroupBy(j => j.State)
            .Select(g => new { State = g.Key, Cents = g.Sum(j => j.FeeCents) })
            .ToListAsync(cancellationToken);
        InProgressCents = open.Where(o => o.State is JobState.InProgress or JobState.OnHold).Sum(o => o.Cents);
        // Accepted but not credited yet: Billing's word is on its way.
        AwaitingCents = open.Where(o => o.State is not (JobState.InProgress or JobState.OnHold)).Sum(o => o.Cents)
            + await db.Jobs
                .Where(j => j.HolderId == me && j.Currency == Currency && j.State == JobState.Accepted && !db.Earnings.Any(e => e.JobId == j.Id))
                .SumAsync(j => j.FeeCents, cancellationToken);
        IsAwaitingAtMost = await db.Jobs.AnyAsync(
            j => j.HolderId == me && (j.Kind == JobKinds.Formulation || j.Kind == JobKinds.Call)
                && (j.State == JobState.InReview || (j.State == JobState.Accepted && !db.Earnings.Any(e => e.JobId == j.Id))),
            cancellationToken);
        var mine = db.Earnings.AsNoTracking().Where(e => e.TranslatorId == me && e.Currency == Currency);
        var week = reader.WeekStart();
        var kept = mine.Where(e => e.TakenBackAt == null);
        CreditedCents = await kept.SumAsync(e => e.FeeCents, cancellationToken);
        ThisWeekCents = await kept.Where(e => e.CreditedAt >= week).SumAsync(e => e.FeeCents, cancellationToken);
        await ListAsync(me, mine, kept, cancellationToken);
    }

    private async Task ListAsync(Guid me, IQueryable<Earning> mine, IQueryable<Earning> kept, CancellationToken cancellationToken)
    {
        if (After is not null && cursors.TryUnprotect(List, me, After, out var after))
        {
            mine = mine.Where(e => EF.Functions.LessThan(ValueTuple.Create(e.CreditedAt, e.JobId), ValueTuple.Create(after.CreatedAt, after.Id)));
        }

        var rows = await (
            from earning in mine
            join job in db.Jobs.AsNoTracking() on earning.JobId equals job.Id
            from delivery in db.Deliveries.Where(d => d.JobId == job.Id && d.TranslatorId == me).OrderByDescending(d => d.Version).Take(1).DefaultIfEmpty()
            orderby earning.CreditedAt descending, earning.JobId descending
            select new EarnedJob(earning, job, delivery)).Take(MostListed + 1).ToListAsync(cancellationToken);
        if (rows.Count > MostListed)
        {
            rows.RemoveAt(MostListed);
            NextCursor = cursors.Protect(List, me, new Cursor(rows[^1].Earning.CreditedAt, rows[^1].Earning.JobId));
        }

        if (rows.Count == 0)
        {
            return;
        }

        // A day's sum is that of the whole day, also where the list begins or ends in the middle of it.
        var (from, to) = (reader.Midnight(DayOf(rows[^1].Earning.CreditedAt)), reader.Midnight(DayOf(rows[0].Earning.CreditedAt).AddDays(1)));
        var credited = await kept.Where(e => e.CreditedAt >= from && e.CreditedAt < to).Select(e => new { e.CreditedAt, e.FeeCents }).ToListAsync(cancellationToken);
        var sums = credited.ToLookup(c => DayOf(c.CreditedAt), c => c.FeeCents);
        Days = [.. rows.GroupBy(r => DayOf(r.Earning.CreditedAt)).Select(day => new EarnedDay(reader.Day(day.First().Earning.CreditedAt), sums[day.Key].Sum(), [.. day]))];
    }

    private DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(reader.Local(at).DateTime);
}

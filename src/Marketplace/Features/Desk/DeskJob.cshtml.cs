using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Marketplace.Features.Desk;

/// <summary>One job at the desk: who was asked and why, who held it, what operators did, and what they can do. Its texts are not opened.</summary>
[Authorize(Policy = Policies.Operator)]
public sealed class DeskJobPage(MarketplaceDbContext db, MoveJob move, Reader reader) : PageModel
{
    /// <summary>Why it is done.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    public Job Job { get; private set; } = null!;

    public string Id => PublicId.Format("job", Job.Id);

    public IReadOnlyList<Offer> Offers { get; private set; } = [];

    public IReadOnlyList<Claim> Claims { get; private set; } = [];

    public IReadOnlyList<DeskAction> Actions { get; private set; } = [];

    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();

    public string? ReasonError { get; private set; }

    public bool MayReoffer => Job is { State: JobState.Open, IsLive: true };

    public bool MayRelease => Job is { State: JobState.InProgress or JobState.OnHold, ClaimId: not null };

    public string Name(Guid id) => Names.GetValueOrDefault(id, "–");

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken) => await LoadAsync(id, cancellationToken) ?? Page();

    public Task<IActionResult> OnPostReofferAsync(string id, CancellationToken cancellationToken) =>
        DoAsync(id, move.ReofferAsync, reader.W.DeskReoffered, cancellationToken);

    public Task<IActionResult> OnPostReleaseAsync(string id, CancellationToken cancellationToken) =>
        DoAsync(id, move.ReleaseAsync, reader.W.DeskReleased, cancellationToken);

    private async Task<IActionResult> DoAsync(
        string id, Func<Guid, Guid, string, CancellationToken, Task<bool>> act, string done, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is { } missing)
        {
            return missing;
        }

        var reason = (Reason ?? "").ReplaceLineEndings(" ").Trim();
        if (reason.Length is 0 or > DeskAction.LongestReason)
        {
            ReasonError = reason.Length == 0 ? reader.W.DeskReasonMissing : reader.Say(reader.W.DeskReasonTooLong, reader.Number(DeskAction.LongestReason));
            return Page();
        }

        var worked = await act(User.TranslatorId(), Job.Id, reason, cancellationToken);
        this.Notice(worked ? done : reader.W.DeskTooLate, worked);
        return LocalRedirect($"/portal/desk/jobs/{id}");
    }

    private async Task<IActionResult?> LoadAsync(string id, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse("job", id, out var jobId)
            || await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == jobId, cancellationToken) is not { } job)
        {
            return NotFound();
        }

        Job = job;
        Offers = await db.Offers.AsNoTracking().Where(o => o.JobId == jobId).OrderBy(o => o.Round).ThenBy(o => o.Turn).ToListAsync(cancellationToken);
        Claims = await db.Claims.AsNoTracking().Where(c => c.JobId == jobId).OrderBy(c => c.ClaimedAt).ToListAsync(cancellationToken);
        Actions = await db.DeskActions.AsNoTracking().Where(a => a.JobId == jobId).OrderBy(a => a.DoneAt).ToListAsync(cancellationToken);
        var people = Offers.SelectMany(o => o.NextIds.Take(3).Append(o.TranslatorId))
            .Concat(Claims.Select(c => c.TranslatorId))
            .Concat(Actions.SelectMany(a => new[] { a.OperatorId, a.TranslatorId ?? a.OperatorId }))
            .Append(job.HolderId ?? Guid.Empty)
            .Distinct().ToList();
        Names = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken);
        return null;
    }
}

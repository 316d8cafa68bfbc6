using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>What was done, and the name of whom it was done to: a person, whoever applied, or an address that was invited.</summary>
public sealed record AuditRow(DeskAction Action, string Operator, string? Person, string? Applicant, string? Invited);

/// <summary>Everything that operators have done by hand, the newest first.</summary>
[Authorize(Policy = Policies.Operator)]
public sealed class DeskAuditPage(MarketplaceDbContext db, Cursors cursors) : PageModel
{
    private const int PageSize = 50;
    private const string List = "desk-audit";

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public IReadOnlyList<AuditRow> Actions { get; private set; } = [];

    public string? NextCursor { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var actions = db.DeskActions.AsNoTracking();
        if (After is not null && cursors.TryUnprotect(List, User.TranslatorId(), After, out var cursor))
        {
            actions = actions.Where(a => a.Id < cursor.Id);
        }

        var rows = await actions.OrderByDescending(a => a.Id).Take(PageSize + 1)
            .Select(a => new AuditRow(
                a,
                db.Users.Where(u => u.Id == a.OperatorId).Select(u => u.DisplayName).FirstOrDefault() ?? "–",
                db.Users.Where(u => u.Id == a.PersonId).Select(u => u.DisplayName).FirstOrDefault(),
                db.Applications.Where(p => p.Id == a.PersonId).Select(p => p.Name).FirstOrDefault(),
                db.MailedLinks.Where(l => l.Id == a.PersonId).Select(l => l.Email).FirstOrDefault()))
            .ToListAsync(cancellationToken);
        NextCursor = rows.Count > PageSize
            ? cursors.Protect(List, User.TranslatorId(), new Cursor(rows[PageSize - 1].Action.DoneAt, rows[PageSize - 1].Action.Id))
            : null;
        Actions = [.. rows.Take(PageSize)];
    }
}

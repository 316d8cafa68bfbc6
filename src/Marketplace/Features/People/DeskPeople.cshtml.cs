using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Marketplace.Features.People;

public static class PersonState
{
    public const string Available = "available";
    public const string Paused = "paused";

    /// <summary>By wrong passwords, for some minutes.</summary>
    public const string Locked = "locked";

    public const string ShutOut = "shut_out";
    public const string Operator = "operator";

    /// <param name="shutOutAt">Since when an operator keeps the account out.</param>
    /// <param name="lockedUntil">Until when wrong passwords do.</param>
    /// <param name="translator">Null for who is none.</param>
    /// <param name="now">The time.</param>
    public static string Of(DateTimeOffset? shutOutAt, DateTimeOffset? lockedUntil, Translator? translator, DateTimeOffset now) =>
        shutOutAt is not null ? ShutOut
        : lockedUntil > now ? Locked
        : translator is null ? Operator
        : translator.TakesJobs(now) ? Available
        : Paused;
}

public sealed record PersonRow(Guid Id, string Name, string Email, string State, IReadOnlyList<string> Pairs, int InHand, int Claims, DateTimeOffset? Since);

/// <summary>Everybody with an account, the newest first: translators and operators.</summary>
[Authorize(Policy = Policies.Operator)]
public sealed class DeskPeoplePage(MarketplaceDbContext db, Cursors cursors, Reader reader) : PageModel
{
    private const int PageSize = 50;
    private const string List = "desk-people";

    public static readonly IReadOnlyList<string> States = [PersonState.Available, PersonState.Paused, PersonState.ShutOut, PersonState.Operator];

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public IReadOnlyList<PersonRow> People { get; private set; } = [];

    public string? NextCursor { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var now = reader.Now;
        var found = Found(now);
        if (After is not null && cursors.TryUnprotect(List, User.TranslatorId(), After, out var cursor))
        {
            found = found.Where(u => u.Id < cursor.Id);
        }

        // Ids grow with time; who came last comes first.
        var rows = await found.OrderByDescending(u => u.Id).Take(PageSize + 1)
            .Select(u => new
            {
                u.Id,
                u.DisplayName,
                u.Email,
                u.ShutOutAt,
                u.LockoutEnd,
                Translator = db.Translators.Where(t => t.Id == u.Id).SingleOrDefault(),
                Pairs = db.TranslatorPairs.Where(p => p.TranslatorId == u.Id).OrderBy(p => p.Source).ThenBy(p => p.Target).Select(p => new { p.Source, p.Target }).ToList(),
                InHand = db.Jobs.Count(j => j.HolderId == u.Id && j.State == JobState.InProgress),
                Claims = db.Standings.Where(s => s.TranslatorId == u.Id).Select(s => s.Claims).SingleOrDefault(),
            })
            .ToListAsync(cancellationToken);
        NextCursor = rows.Count > PageSize
            ? cursors.Protect(List, User.TranslatorId(), new Cursor(rows[PageSize - 1].Translator?.CreatedAt ?? now, rows[PageSize - 1].Id))
            : null;
        People =
        [
            .. rows.Take(PageSize).Select(r => new PersonRow(
                r.Id,
                r.DisplayName,
                r.Email ?? "",
                PersonState.Of(r.ShutOutAt, r.LockoutEnd, r.Translator, now),
                [.. r.Pairs.Select(p => reader.Pair(p.Source, p.Target))],
                r.InHand,
                r.Claims,
                r.Translator?.CreatedAt)),
        ];
    }

    private IQueryable<Account> Found(DateTimeOffset now)
    {
        var (found, takingJobs) = (db.Users.AsNoTracking(), db.Translators.Where(Translator.TakesJobsAt(now)));
        var q = (Q ?? "").Trim();
        if (LanguagePair.TryParse(q.Replace("→", "-", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), out var pair))
        {
            found = found.Where(u => db.TranslatorPairs.Any(p => p.TranslatorId == u.Id && p.Source == pair.Source && p.Target == pair.Target));
        }
        else if (q.Length > 0)
        {
            var pattern = $"%{q.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            found = found.Where(u => EF.Functions.ILike(u.DisplayName, pattern, "\\") || EF.Functions.ILike(u.Email!, pattern, "\\"));
        }

        return State switch
        {
            PersonState.Available => found.Where(u => u.ShutOutAt == null && takingJobs.Any(t => t.Id == u.Id)),
            PersonState.Paused => found.Where(u => u.ShutOutAt == null && db.Translators.Any(t => t.Id == u.Id) && !takingJobs.Any(t => t.Id == u.Id)),
            PersonState.ShutOut => found.Where(u => u.ShutOutAt != null),
            PersonState.Operator => found.Where(u => !db.Translators.Any(t => t.Id == u.Id)),
            _ => found,
        };
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.SignIn;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Marketplace.Features.Jobs;

/// <summary>The start page: what is in hand, and what is on offer to the reader.</summary>
[Authorize(Policy = Policies.Person)]
public sealed class JobsPage(MarketplaceDbContext db, OfferBoard board, AvailabilityOf availability, Cursors cursors) : PageModel
{
    private const string List = "offers";

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public bool IsAvailable { get; private set; }

    public IReadOnlyList<TranslatorPair> Pairs { get; private set; } = [];

    public IReadOnlyList<Job> Held { get; private set; } = [];

    /// <summary>What is offered to her before anybody else.</summary>
    public IReadOnlyList<OfferView> InTurn { get; private set; } = [];

    /// <summary>Jobs that are for her more than for others; they stand first.</summary>
    public IReadOnlyList<OfferView> ForHer { get; private set; } = [];

    public IReadOnlyList<OfferView> Offers { get; private set; } = [];

    /// <summary>Who has paused is shown only what nobody else has taken for long, and nothing where there is none.</summary>
    public bool HasPool => Pairs.Count > 0 && (IsAvailable || ForHer.Count + Offers.Count > 0);

    public int Count { get; private set; }

    public bool HasMore { get; private set; }

    public string? NextCursor { get; private set; }

    public DateTimeOffset? LastOffer { get; private set; }

    /// <summary>How long it usually is from one job of her pairs to the next; null where too few came to say.</summary>
    public TimeSpan? UsualGap { get; private set; }

    /// <summary>Test texts that wait for a newcomer: with them her first pair is opened.</summary>
    public IReadOnlyList<PairTest> Tests { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        // The address that everybody knows: an operator's work is at the desk.
        if (!User.IsInRole(Role.Translator))
        {
            return LocalRedirect(SignInPage.Start(isOperator: true));
        }

        var me = User.TranslatorId();
        IsAvailable = await availability.AskAsync(me, cancellationToken);
        Held = await db.Jobs.AsNoTracking()
            .Where(j => j.HolderId == me && (j.State == JobState.InProgress || j.State == JobState.OnHold || j.State == JobState.InRevision))
            .OrderBy(j => j.LeaseUntil)
            .ToListAsync(cancellationToken);
        Pairs = await db.TranslatorPairs.AsNoTracking()
            .Where(p => p.TranslatorId == me)
            .OrderBy(p => p.Source).ThenBy(p => p.Target)
            .ToListAsync(cancellationToken);
        if (Pairs.Count > 0)
        {
            InTurn = await board.InTurnAsync(me, cancellationToken);
            await LoadPoolAsync(me, cancellationToken);
        }
        else
        {
            Tests = await db.PairTests.AsNoTracking()
                .Where(t => t.TranslatorId == me && t.State == PairTestState.Given)
                .OrderBy(t => t.GivenAt)
                .ToListAsync(cancellationToken);
        }

        return Page();
    }

    public string PairsInWords(Reader reader)
    {
        var all = Pairs.Select(p => reader.Pair(p.Source, p.Target)).ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} {reader.W.Or} {all[^1]}";
    }

    private async Task LoadPoolAsync(Guid me, CancellationToken cancellationToken)
    {
        (DateTimeOffset, Guid)? after = After is not null && cursors.TryUnprotect(List, me, After, out var cursor) ? (cursor.CreatedAt, cursor.Id) : null;
        var found = await board.PoolAsync(me, !IsAvailable, after, cancellationToken);
        ForHer = after is null ? await board.ForHerAsync(me, !IsAvailable, cancellationToken) : [];
        HasMore = found.Count > OfferBoard.PageSize;
        Offers = [.. found.Take(OfferBoard.PageSize)];
        Count = HasMore || after is not null ? await board.CountAsync(me, !IsAvailable, cancellationToken) : ForHer.Count + Offers.Count;
        NextCursor = HasMore ? cursors.Protect(List, me, new Cursor(Offers[^1].OfferedAt, Offers[^1].Id)) : null;
        if (ForHer.Count + Offers.Count == 0)
        {
            LastOffer = await board.LastOfferAsync(me, cancellationToken);
            UsualGap = await board.UsualGapAsync(me, cancellationToken);
        }
    }
}

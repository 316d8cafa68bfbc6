using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.Pricing;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>The pairs that a translator works in, those she asks for, and what became of them.</summary>
[Authorize(Policy = Policies.Translator)]
public sealed class PairsPage(MarketplaceDbContext db, Reader reader, PeopleWords words, TimeProvider time) : FormPage
{
    public const int MostAtATime = 6;

    [BindProperty]
    public string? Source { get; set; }

    [BindProperty]
    public string? Target { get; set; }

    public IReadOnlyList<TranslatorPair> Pairs { get; private set; } = [];

    public IReadOnlyList<PairTest> Open { get; private set; } = [];

    /// <summary>The last refusals, where nothing has come after them.</summary>
    public IReadOnlyList<PairTest> Refused { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        (Source, Target) = ("de", "en");
        await LoadAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (!LanguagePair.TryOf(Source, Target, out var pair) || !reader.W.Languages.ContainsKey(pair.Source) || !reader.W.Languages.ContainsKey(pair.Target))
        {
            return Wrong(words.PairSame);
        }

        if (Pairs.Any(p => p.Source == pair.Source && p.Target == pair.Target))
        {
            return Wrong(words.PairHad);
        }

        var path = $"/portal/profile/pairs/{pair}";
        if (Open.Any(t => t.Source == pair.Source && t.Target == pair.Target))
        {
            return LocalRedirect(path);
        }

        if (Open.Count >= MostAtATime)
        {
            return Wrong(reader.Say(words.TooManyTests, MostAtATime));
        }

        var now = time.GetUtcNow();
        if (Refused.FirstOrDefault(t => t.Source == pair.Source && t.Target == pair.Target) is { } refused && !refused.MayAskAgain(now))
        {
            return Wrong(reader.Say(words.PairRefusedLately, reader.Day((refused.DecidedAt ?? now) + PairTest.AgainAfter)));
        }

        db.Add(new PairTest
        {
            Id = Guid.CreateVersion7(now),
            TranslatorId = User.TranslatorId(),
            Source = pair.Source,
            Target = pair.Target,
            State = PairTestState.Given,
            GivenAt = now,
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Pressed twice: the test is there.
        }

        return LocalRedirect(path);
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellationToken)
    {
        var me = User.TranslatorId();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var removed = await db.TranslatorPairs.Where(p => p.TranslatorId == me && p.Source == Source && p.Target == Target).ExecuteDeleteAsync(cancellationToken);
        await db.PairTests.Where(t => t.TranslatorId == me && t.Source == Source && t.Target == Target && t.State == PairTestState.Enabled)
            .ExecuteUpdateAsync(t => t.SetProperty(x => x.State, PairTestState.Withdrawn), cancellationToken);
        await LiveSignal.Person(me).SendAsync(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (removed > 0)
        {
            this.Notice(words.PairRemoved);
        }

        return LocalRedirect("/portal/profile/pairs");
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var me = User.TranslatorId();
        Pairs = await db.TranslatorPairs.AsNoTracking().Where(p => p.TranslatorId == me).OrderBy(p => p.Source).ThenBy(p => p.Target).ToListAsync(cancellationToken);
        var tests = await db.PairTests.AsNoTracking().Where(t => t.TranslatorId == me).OrderByDescending(t => t.GivenAt).ToListAsync(cancellationToken);
        Open = [.. tests.Where(t => t.State is PairTestState.Given or PairTestState.Answered)];
        Refused =
        [
            .. tests.GroupBy(t => (t.Source, t.Target)).Select(g => g.First())
                .Where(t => t.State == PairTestState.Declined && !Pairs.Any(p => p.Source == t.Source && p.Target == t.Target)),
        ];
    }

    private PageResult Wrong(string why)
    {
        Errors["Pair"] = why;
        return Wrong();
    }
}

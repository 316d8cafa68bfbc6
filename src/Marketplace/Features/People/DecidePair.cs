using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Pricing;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>Enables a pair, after a test or without one, declines it, or closes it again. Inside the caller's transaction.</summary>
public sealed class DecidePair(MarketplaceDbContext db, AccountNotices notices, UserManager<Account> users)
{
    private const string Page = "/portal/profile/pairs";

    /// <summary>What becomes of a test. False if somebody else has decided it.</summary>
    public async Task<bool> DecideAsync(PairTest test, bool enable, string word, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var state = enable ? PairTestState.Enabled : PairTestState.Declined;
        var decided = await db.PairTests.Where(t => t.Id == test.Id && t.State == PairTestState.Answered).ExecuteUpdateAsync(
            t => t.SetProperty(x => x.State, state).SetProperty(x => x.DecidedAt, now).SetProperty(x => x.Word, word), cancellationToken);
        if (decided == 0)
        {
            return false;
        }

        if (enable)
        {
            await AddAsync(test.TranslatorId, test.Source, test.Target, cancellationToken);
        }

        await TellAsync(test.TranslatorId, enable, $"{test.Source}-{test.Target}", cancellationToken);
        return true;
    }

    /// <summary>Without a test: for somebody who is known. False if she has it.</summary>
    public async Task<bool> OpenAsync(Guid translatorId, LanguagePair pair, string word, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await AddAsync(translatorId, pair.Source, pair.Target, cancellationToken))
        {
            return false;
        }

        await Of(translatorId, pair).Where(t => t.State == PairTestState.Given || t.State == PairTestState.Answered).ExecuteUpdateAsync(
            t => t.SetProperty(x => x.State, PairTestState.Enabled).SetProperty(x => x.DecidedAt, now).SetProperty(x => x.Word, word), cancellationToken);
        await TellAsync(translatorId, isEnabled: true, pair.ToString(), cancellationToken);
        return true;
    }

    public async Task<bool> CloseAsync(Guid translatorId, LanguagePair pair, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.TranslatorPairs.Where(p => p.TranslatorId == translatorId && p.Source == pair.Source && p.Target == pair.Target).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        await Of(translatorId, pair).Where(t => t.State == PairTestState.Enabled).ExecuteUpdateAsync(
            t => t.SetProperty(x => x.State, PairTestState.Withdrawn).SetProperty(x => x.DecidedAt, now), cancellationToken);
        await TellAsync(translatorId, isEnabled: false, pair.ToString(), cancellationToken);
        return true;
    }

    private IQueryable<PairTest> Of(Guid translatorId, LanguagePair pair) =>
        db.PairTests.Where(t => t.TranslatorId == translatorId && t.Source == pair.Source && t.Target == pair.Target);

    private async Task<bool> AddAsync(Guid translatorId, string source, string target, CancellationToken cancellationToken)
    {
        var added = await db.Database.ExecuteSqlAsync(
            $"INSERT INTO translator_pairs (translator_id, source, target) VALUES ({translatorId}, {source}, {target}) ON CONFLICT DO NOTHING", cancellationToken);
        await LiveSignal.Person(translatorId).SendAsync(db, cancellationToken);
        return added == 1;
    }

    private async Task TellAsync(Guid translatorId, bool isEnabled, string pair, CancellationToken cancellationToken)
    {
        var account = await users.FindByIdAsync(translatorId.ToString()) ?? throw new InvalidOperationException("A translator has an account.");
        await notices.TellAsync(isEnabled ? AccountNotices.PairEnabled : AccountNotices.PairDeclined, account, isEnabled ? "/portal" : Page, pair, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }
}

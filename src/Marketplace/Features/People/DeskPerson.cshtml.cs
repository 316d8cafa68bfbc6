using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.Pricing;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>One person at the desk: what is known of her but her own number, and what an operator can do, each with a reason that is kept.</summary>
[Authorize(Policy = Policies.Operator)]
public sealed class DeskPersonPage(
    MarketplaceDbContext db, UserManager<Account> users, DecidePair pairs, SendPasswordLink passwords, AccountNotices notices, Reader reader, PeopleWords words) : FormPage
{
    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Pair { get; set; }

    public Account Person { get; private set; } = null!;

    public Translator? Translator { get; private set; }

    public string State { get; private set; } = PersonState.Operator;

    public int Passkeys { get; private set; }

    public IReadOnlyList<TranslatorPair> Pairs { get; private set; } = [];

    public IReadOnlyList<PairTest> Tests { get; private set; } = [];

    public IReadOnlyList<Job> Held { get; private set; } = [];

    public IReadOnlyList<DoneByHand> Done { get; private set; } = [];

    public IEnumerable<string> HoursInWords => WorkingWeek.Stretches(Translator?.Hours ?? []).Select(s =>
        $"{reader.Culture.DateTimeFormat.GetAbbreviatedDayName((DayOfWeek)(s.Day % 7))} {Stretch.Clock(s.From)}–{(s.To == 0 ? "24:00" : Stretch.Clock(s.To))}");

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken) => await LoadAsync(id, cancellationToken) ? Page() : NotFound();

    public Task<IActionResult> OnPostShutOutAsync(Guid id, CancellationToken cancellationToken) => DoAsync(
        id,
        DeskAction.ShutOut,
        async now =>
        {
            if (id == User.TranslatorId())
            {
                // Somebody has to be able to let her in again.
                return false;
            }

            // The stamp ends her sessions at once, the row keeps her from new ones and from offers.
            var stamp = Guid.CreateVersion7(now).ToString();
            return await db.Users.Where(u => u.Id == id && u.ShutOutAt == null)
                .ExecuteUpdateAsync(u => u.SetProperty(x => x.ShutOutAt, now).SetProperty(x => x.SecurityStamp, stamp), cancellationToken) == 1;
        },
        cancellationToken);

    public Task<IActionResult> OnPostLetInAsync(Guid id, CancellationToken cancellationToken) => DoAsync(
        id,
        DeskAction.LetIn,
        async _ => await db.Users.Where(u => u.Id == id && u.ShutOutAt != null)
            .ExecuteUpdateAsync(u => u.SetProperty(x => x.ShutOutAt, (DateTimeOffset?)null), cancellationToken) == 1,
        cancellationToken);

    public Task<IActionResult> OnPostPauseAsync(Guid id, CancellationToken cancellationToken) => DoAsync(
        id, DeskAction.Paused, _ => db.SetAvailableAsync(id, false, null, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostResumeAsync(Guid id, CancellationToken cancellationToken) => DoAsync(
        id, DeskAction.Resumed, _ => db.SetAvailableAsync(id, true, null, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostSendPasswordAsync(Guid id, CancellationToken cancellationToken) => DoAsync(
        id,
        DeskAction.PasswordSent,
        async _ =>
        {
            await passwords.RunAsync(Person.Email ?? "", cancellationToken);
            return Person.ShutOutAt is null;
        },
        cancellationToken);

    /// <summary>She has lost her telephone: factor and passkeys go, the password stays. That she is told by mail is part of it.</summary>
    public Task<IActionResult> OnPostRemoveFactorsAsync(Guid id, CancellationToken cancellationToken) => DoAsync(
        id,
        DeskAction.FactorRemoved,
        async _ =>
        {
            var account = await users.FindByIdAsync(id.ToString()) ?? throw new InvalidOperationException("The account is there.");
            await users.RemoveFactorAsync(account);
            foreach (var passkey in await users.GetPasskeysAsync(account))
            {
                PasswordChecks.Checked(await users.RemovePasskeyAsync(account, passkey.CredentialId));
            }

            await notices.SignInChangedAsync(account, null, cancellationToken);
            return true;
        },
        cancellationToken);

    public Task<IActionResult> OnPostOpenPairAsync(Guid id, CancellationToken cancellationToken) => DoWithPairAsync(
        id, DeskAction.PairEnabled, (pair, reason, now) => pairs.OpenAsync(id, pair, reason, now, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostClosePairAsync(Guid id, CancellationToken cancellationToken) => DoWithPairAsync(
        id, DeskAction.PairClosed, (pair, _, now) => pairs.CloseAsync(id, pair, now, cancellationToken), cancellationToken);

    private async Task<IActionResult> DoWithPairAsync(
        Guid id, string action, Func<LanguagePair, string, DateTimeOffset, Task<bool>> act, CancellationToken cancellationToken)
    {
        if (!LanguagePair.TryParse((Pair ?? "").Trim().ToLowerInvariant(), out var pair) || !reader.W.Languages.ContainsKey(pair.Source)
            || !reader.W.Languages.ContainsKey(pair.Target))
        {
            Errors["Pair"] = words.PairWrong;
        }

        return await DoAsync(id, action, now => act(pair!, (Reason ?? "").Trim(), now), cancellationToken, pair);
    }

    private async Task<IActionResult> DoAsync(
        Guid id, string action, Func<DateTimeOffset, Task<bool>> act, CancellationToken cancellationToken, LanguagePair? pair = null)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        if (this.Word("Reason", Reason, isRequired: true, words, reader) is not { } reason || Errors.Count > 0)
        {
            return Wrong();
        }

        var now = reader.Now;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var done = await act(now);
        if (done)
        {
            db.WriteDown(User.TranslatorId(), id, action, pair is null ? reason : $"{pair}: {reason}", now);
            await db.SaveChangesAsync(cancellationToken);
            await LiveSignal.Person(id).SendAsync(db, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        this.Notice(done ? $"{words.Actions[action]}." : words.NothingToDo, done);
        return LocalRedirect($"/portal/desk/people/{id}");
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellationToken) is not { } person)
        {
            return false;
        }

        Person = person;
        Translator = await db.Translators.AsNoTracking().Include(t => t.Hours).SingleOrDefaultAsync(t => t.Id == id, cancellationToken);
        State = PersonState.Of(person.ShutOutAt, person.LockoutEnd, Translator, reader.Now);
        Passkeys = await db.UserPasskeys.CountAsync(p => p.UserId == id, cancellationToken);
        Pairs = await db.TranslatorPairs.AsNoTracking().Where(p => p.TranslatorId == id).OrderBy(p => p.Source).ThenBy(p => p.Target).ToListAsync(cancellationToken);
        Tests = await db.PairTests.AsNoTracking().Where(t => t.TranslatorId == id && t.State != PairTestState.Enabled && t.State != PairTestState.Withdrawn)
            .OrderByDescending(t => t.GivenAt).Take(50).ToListAsync(cancellationToken);
        Held = await db.Jobs.AsNoTracking()
            .Where(j => j.HolderId == id && (j.State == JobState.InProgress || j.State == JobState.OnHold || j.State == JobState.InRevision))
            .OrderBy(j => j.LeaseUntil).Take(20).ToListAsync(cancellationToken);
        Done = await db.DoneToAsync(id, cancellationToken);
        return true;
    }
}

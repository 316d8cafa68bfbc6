using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>A test beside its source: an operator enables the pair, or declines it with a word.</summary>
[Authorize(Policy = Policies.Operator)]
public sealed class DeskTestPage(MarketplaceDbContext db, TestAnswers answers, DecidePair decide, Reader reader, PeopleWords words) : FormPage
{
    [BindProperty]
    public string? Word { get; set; }

    public PairTest Test { get; private set; } = null!;

    public string Name { get; private set; } = "";

    public IReadOnlyList<TestText> Texts { get; private set; } = [];

    public IReadOnlyList<string> Answers { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken) => await LoadAsync(id, cancellationToken) ? Page() : NotFound();

    public Task<IActionResult> OnPostEnableAsync(Guid id, CancellationToken cancellationToken) => DecideAsync(id, true, cancellationToken);

    public Task<IActionResult> OnPostDeclineAsync(Guid id, CancellationToken cancellationToken) => DecideAsync(id, false, cancellationToken);

    private async Task<IActionResult> DecideAsync(Guid id, bool enable, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        if (this.Word("Word", Word, isRequired: !enable, words, reader) is not { } word)
        {
            return Wrong();
        }

        var now = reader.Now;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var done = await decide.DecideAsync(Test, enable, word, now, cancellationToken);
        if (done)
        {
            db.WriteDown(
                User.TranslatorId(), Test.TranslatorId, enable ? DeskAction.PairEnabled : DeskAction.PairDeclined, $"{Test.Source}-{Test.Target}: {word}".TrimEnd(' ', ':'), now);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        this.Notice(done ? reader.Say(enable ? words.PairIsEnabled : words.PairIsDeclined, reader.Pair(Test.Source, Test.Target), Name) : words.DecidedBefore, done);
        return LocalRedirect("/portal/desk/tests");
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        // What she has not handed in is hers alone.
        if (await db.PairTests.AsNoTracking().SingleOrDefaultAsync(
            t => t.Id == id && t.State != PairTestState.Given && t.AnsweredAt != null, cancellationToken) is not { } test)
        {
            return false;
        }

        (Test, Texts, Answers) = (test, TestTexts.For(test.Source), answers.Open(test));
        Name = await db.Users.Where(u => u.Id == test.TranslatorId).Select(u => u.DisplayName).SingleAsync(cancellationToken);
        return true;
    }
}

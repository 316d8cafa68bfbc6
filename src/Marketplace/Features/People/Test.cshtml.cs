using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.Pricing;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>The small texts of a pair that she asks for. They can be put by and handed in later, once.</summary>
[Authorize(Policy = Policies.Translator)]
public sealed class TestPage(MarketplaceDbContext db, TestAnswers answers, Reader reader, PeopleWords words, TimeProvider time) : FormPage
{
    [BindProperty]
    public List<string?> Answers { get; set; } = [];

    public PairTest Test { get; private set; } = null!;

    public IReadOnlyList<TestText> Texts { get; private set; } = [];

    public bool IsOpen => Test.State == PairTestState.Given;

    public string AnswerAt(int index) => Answers.ElementAtOrDefault(index) ?? "";

    public string Situation(TestText text) => reader.Locale == "de" ? text.SituationDe : text.SituationEn;

    public async Task<IActionResult> OnGetAsync(string pair, CancellationToken cancellationToken)
    {
        if (!await FindAsync(pair, cancellationToken))
        {
            return NotFound();
        }

        Answers = [.. answers.Open(Test)];
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(string pair, CancellationToken cancellationToken)
    {
        if (!await FindAsync(pair, cancellationToken))
        {
            return NotFound();
        }

        return CheckLengths() ? await KeepAsync(PairTestState.Given, words.TestSaved, $"/portal/profile/pairs/{pair}", cancellationToken) : Wrong();
    }

    public async Task<IActionResult> OnPostHandInAsync(string pair, CancellationToken cancellationToken)
    {
        if (!await FindAsync(pair, cancellationToken))
        {
            return NotFound();
        }

        CheckLengths();
        for (var i = 0; i < Texts.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(AnswerAt(i)))
            {
                Errors[$"Answer{i}"] = words.AnswerMissing;
            }
        }

        return Errors.Count == 0 ? await KeepAsync(PairTestState.Answered, words.TestSent, "/portal/profile/pairs", cancellationToken) : Wrong();
    }

    public async Task<IActionResult> OnPostGiveUpAsync(string pair, CancellationToken cancellationToken)
    {
        if (!await FindAsync(pair, cancellationToken))
        {
            return NotFound();
        }

        await db.PairTests.Where(t => t.Id == Test.Id && t.State == PairTestState.Given)
            .ExecuteUpdateAsync(t => t.SetProperty(x => x.State, PairTestState.Withdrawn), cancellationToken);
        this.Notice(words.TestGivenUp);
        return LocalRedirect("/portal/profile/pairs");
    }

    private async Task<bool> FindAsync(string pair, CancellationToken cancellationToken)
    {
        if (!LanguagePair.TryParse(pair, out var languages))
        {
            return false;
        }

        var me = User.TranslatorId();
        var test = await db.PairTests.AsNoTracking().SingleOrDefaultAsync(
            t => t.TranslatorId == me && t.Source == languages.Source && t.Target == languages.Target
                && (t.State == PairTestState.Given || t.State == PairTestState.Answered),
            cancellationToken);
        (Test, Texts) = (test!, TestTexts.For(languages.Source));
        return test is not null;
    }

    private bool CheckLengths()
    {
        for (var i = 0; i < Texts.Count; i++)
        {
            if (AnswerAt(i).Length > PairTest.LongestAnswer)
            {
                Errors[$"Answer{i}"] = reader.Say(words.TooLong, PairTest.LongestAnswer);
            }
        }

        return Errors.Count == 0;
    }

    /// <summary>Only what was not handed in yet can be changed; of two that hand in at once one does, and the other finds it done.</summary>
    private async Task<IActionResult> KeepAsync(string state, string done, string then, CancellationToken cancellationToken)
    {
        var given = Enumerable.Range(0, Texts.Count).Select(i => AnswerAt(i).ReplaceLineEndings("\n").Trim()).ToList();
        var (text, key) = answers.Seal(Test.Id, given);
        DateTimeOffset? answeredAt = state == PairTestState.Answered ? time.GetUtcNow() : null;
        var kept = await db.PairTests.Where(t => t.Id == Test.Id && t.State == PairTestState.Given).ExecuteUpdateAsync(
            t => t.SetProperty(x => x.State, state).SetProperty(x => x.Answers, text).SetProperty(x => x.AnswersKey, key).SetProperty(x => x.AnsweredAt, answeredAt),
            cancellationToken);
        this.Notice(kept == 1 ? done : words.TestHandedIn, kept == 1);
        return LocalRedirect(then);
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Claims;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Features.Questions;
using Zweizeiler.Marketplace.Features.Reviews;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Marketplace.Features.Workbench;

/// <summary>Where a translator writes. Every action is a form; the script only saves in between and counts down.</summary>
[Authorize(Policy = Policies.Translator)]
public sealed partial class WorkbenchPage(
    MarketplaceDbContext db,
    JobTextReader texts,
    SaveDraft saveDraft,
    DeliverJob deliverJob,
    ReleaseJob releaseJob,
    Writing writing,
    JobThread thread,
    Objections objections,
    Reader reader) : PageModel
{
    private const string BecausePrefix = "because:";

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    [BindProperty]
    public string? BackGloss { get; set; }

    [BindProperty]
    public string? Gist { get; set; }

    [BindProperty]
    public string? Mood { get; set; }

    [BindProperty]
    public string? NextStep { get; set; }

    [BindProperty]
    public string? Outcome { get; set; }

    [BindProperty]
    public string? Minutes { get; set; }

    [BindProperty]
    public string? Attempts { get; set; }

    [BindProperty]
    public string? Report { get; set; }

    [BindProperty]
    public int Version { get; set; }

    public Job Job { get; private set; } = null!;

    public JobContent? Source { get; private set; }

    /// <summary>False when the lease has ended while she was writing: she sees her draft, not the source.</summary>
    public bool IsHeld { get; private set; }

    public DateTimeOffset? SavedAt { get; private set; }

    public DraftContent? Other { get; private set; }

    public IReadOnlyList<Finding> Findings { get; private set; } = [];

    public Dictionary<string, string> Because { get; private set; } = [];

    public bool ReasonMissing { get; private set; }

    /// <summary>Each kind has one field that is counted.</summary>
    public LineCount Counted => LineCounter.Count(Text ?? Gist ?? Report ?? "");

    /// <summary>What another window wrote, part by part, to be read beside one's own.</summary>
    public IEnumerable<(string Label, string Words, string Language)> OtherParts => Other is { } other ? WorkbenchParts.ToRead(Job, other, reader) : [];

    public DateTimeOffset FreeUntil => (Job.ClaimedAt ?? DateTimeOffset.MinValue) + Lease.WithoutTrace;

    public bool IsFree => reader.Now <= FreeUntil;

    private Guid Me => User.TranslatorId();

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken) =>
        await LoadAsync(id, withDraft: true, cancellationToken) ?? Page();

    /// <summary>Autosave by the script, answered as JSON; and the button for pages without one.</summary>
    public async Task<IActionResult> OnPostSaveAsync(string id, string? keep, CancellationToken cancellationToken)
    {
        var written = Written();
        if (!PublicId.TryParse("job", id, out var jobId))
        {
            return NotFound();
        }

        if (await saveDraft.RunAsync(Me, jobId, written, Version, cancellationToken) is not { } saved)
        {
            return await NotHersAsync(jobId, cancellationToken);
        }

        if (saved.Other is not null && keep == "mine")
        {
            // She has seen the other text and decided.
            saved = await saveDraft.RunAsync(Me, jobId, written, saved.Version, cancellationToken) ?? saved;
        }

        if (PortalCookies.IsScript(Request))
        {
            return AsJson(saved, await thread.CountAnswersAsync(jobId, cancellationToken));
        }

        if (saved.Other is null)
        {
            this.Notice(reader.W.Saved);
            return LocalRedirect($"/portal/work/{id}");
        }

        return await ShowOtherAsync(id, saved, cancellationToken);
    }

    public async Task<IActionResult> OnPostDeliverAsync(string id, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse("job", id, out var jobId))
        {
            return NotFound();
        }

        // First of all the words are safe, whatever comes of the delivery. What another window wrote since is not overwritten unread.
        var written = Written();
        if (await saveDraft.RunAsync(Me, jobId, written, Version, cancellationToken) is { Other: not null } saved)
        {
            if (saved.IsHeld)
            {
                return await ShowOtherAsync(id, saved, cancellationToken);
            }

            await saveDraft.RunAsync(Me, jobId, written, saved.Version, cancellationToken);
        }

        Because = BecauseOf(Request.Form);
        switch (await deliverJob.RunAsync(Me, jobId, written, Because, cancellationToken))
        {
            case DeliverResult.Delivered:
                this.Notice(reader.W.Delivered);
                return LocalRedirect("/portal/work");
            case DeliverResult.HeldUp held:
                Findings = held.Findings;
                return await LoadAsync(id, withDraft: false, cancellationToken) ?? Page();
            default:
                return await LoadAsync(id, withDraft: false, cancellationToken) ?? Page();
        }
    }

    public async Task<IActionResult> OnPostHandBackAsync(string id, string? reason, CancellationToken cancellationToken)
    {
        var result = PublicId.TryParse("job", id, out var jobId)
            ? await releaseJob.HandBackAsync(Me, jobId, reason, cancellationToken)
            : ReleaseResult.NotYours;
        switch (result)
        {
            case ReleaseResult.WithoutTrace:
                this.Notice(reader.W.HandedBackFree);
                return LocalRedirect("/portal");
            case ReleaseResult.Released:
                this.Notice(reader.W.HandedBack);
                return LocalRedirect("/portal");
            case ReleaseResult.ReasonMissing:
                ReasonMissing = true;
                return await LoadAsync(id, withDraft: true, cancellationToken) ?? Page();
            default:
                return NotFound();
        }
    }

    /// <summary>Hers stays in the editor, the other text stands beside it, and she decides.</summary>
    private async Task<IActionResult> ShowOtherAsync(string id, DraftSaved saved, CancellationToken cancellationToken)
    {
        (Other, Version, SavedAt) = (saved.Other, saved.Version, saved.SavedAt);
        ModelState.Clear();
        return await LoadAsync(id, withDraft: false, cancellationToken) ?? Page();
    }

    public string Words(Finding finding) => finding.Code switch
    {
        Finding.Empty => Job.Kind == JobKinds.Formulation ? reader.W.CheckEmptyReply : reader.W.CheckEmpty,
        Finding.Untranslated => reader.W.CheckUntranslated,
        Finding.NumberMissing => reader.Say(
            finding.About switch { Finding.Amount => reader.W.CheckAmount, Finding.Date => reader.W.CheckDate, _ => reader.W.CheckNumber }, finding.Detail),
        Finding.SentenceUntranslated => reader.Say(reader.W.CheckSentence, finding.Detail),
        Finding.LinkMissing => reader.Say(reader.W.CheckLink, finding.Detail),
        Finding.CodeMissing => reader.Say(reader.W.CheckCode, finding.Detail),
        Finding.PlaceholderUnknown => reader.Say(reader.W.CheckPlaceholderUnknown, finding.Detail),
        Finding.Bracket => reader.Say(reader.W.CheckBracket, finding.Detail),
        Finding.DoubleSpace => reader.W.CheckDoubleSpace,
        Finding.DoubleWord => reader.Say(reader.W.CheckDoubleWord, finding.Detail),
        Finding.Spelling => reader.Say(reader.W.CheckSpelling, finding.Detail),
        Finding.EndPunctuation => finding.Detail == "?" ? reader.W.CheckEndQuestion : reader.W.CheckEndSentence,
        Finding.TooInformal => reader.Say(reader.W.CheckTooInformal, finding.Detail),
        Finding.TooFormal => reader.Say(reader.W.CheckTooFormal, finding.Detail),
        Finding.NameMissing => reader.Say(reader.W.CheckName, finding.Detail),
        Finding.MayPromise => reader.Say(reader.W.CheckMayPromise, finding.Detail, finding.About ?? ""),
        Finding.MustSayMissing => reader.Say(reader.W.CheckMustSay, finding.Detail),
        Finding.PlaceholderMissing => reader.Say(reader.W.CheckPlaceholder, finding.Detail),
        Finding.TooLong => reader.Say(reader.W.CheckTooLong, finding.Detail),
        Finding.TermMissing => reader.Say(reader.W.CheckTerm, finding.Detail),
        Finding.TermForbidden => reader.Say(reader.W.CheckTermForbidden, finding.Detail),
        Finding.TooManyLines => reader.Say(reader.W.CheckTooManyLines, finding.Detail),
        Finding.BackGlossEmpty => reader.W.CheckBackGloss,
        Finding.GistEmpty => reader.W.CheckGist,
        Finding.MoodEmpty => reader.W.CheckMood,
        Finding.NextStepEmpty => reader.W.CheckNextStep,
        Finding.OutcomeMissing => reader.W.CheckOutcome,
        Finding.MinutesWrong => reader.Say(reader.W.CheckMinutes, finding.Detail),
        Finding.AttemptsWrong => reader.Say(reader.W.CheckAttempts, finding.Detail),
        Finding.TooFewAttempts => reader.Say(reader.W.CheckTooFewAttempts, finding.Detail),
        Finding.ReportEmpty => reader.W.CheckReport,
        _ => finding.Code,
    };

    /// <summary>Marks a field that something is wrong with.</summary>
    public string? Invalid(string field) => Findings.Any(f => f.Blocks && f.Field == field) ? "true" : null;

    /// <summary>The words that say what is wrong with a field.</summary>
    public string? ErrorOf(string field) =>
        Findings.Select((f, i) => (f, i)).Where(x => x.f.Blocks && x.f.Field == field).Select(x => $"finding-{x.i}").FirstOrDefault();

    private DraftContent Written() => new(
        Cut(Text, SaveDraft.LongestText),
        Cut(Note, DeliverJob.LongestNote) is { Length: > 0 } note ? note : null,
        BackGloss is null ? null : Cut(BackGloss, SaveDraft.LongestText),
        (Gist ?? Mood ?? NextStep) is null
            ? null
            : new SummaryContent(Cut(Gist, SaveDraft.LongestText), Cut(Mood, SaveDraft.LongestShort), Cut(NextStep, DeliverJob.LongestNote)),
        (Outcome ?? Minutes ?? Attempts ?? Report) is null
            ? null
            : new CallDraft(
                Cut(Outcome, SaveDraft.LongestShort), Cut(Minutes, SaveDraft.LongestShort), Cut(Attempts, SaveDraft.LongestShort), Cut(Report, SaveDraft.LongestText)));

    private void Show(DraftContent draft)
    {
        (Text, Note, BackGloss) = (draft.Text.Length > 0 ? draft.Text : null, draft.Note, draft.BackGloss);
        (Gist, Mood, NextStep) = (draft.Summary?.Gist, draft.Summary?.Mood, draft.Summary?.NextStep);
        (Outcome, Minutes, Attempts, Report) = (draft.Call?.Outcome, draft.Call?.Minutes, draft.Call?.Attempts, draft.Call?.Report);
    }

    /// <summary>Browsers send CR LF; everywhere else a line ends with LF.</summary>
    private static string Cut(string? text, int most) =>
        (text ?? "").ReplaceLineEndings("\n") is var plain && plain.Length > most ? plain[..most] : plain;

    private async Task<IActionResult?> LoadAsync(string id, bool withDraft, CancellationToken cancellationToken)
    {
        var job = PublicId.TryParse("job", id, out var jobId)
            ? await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == jobId, cancellationToken)
            : null;
        if (job is null)
        {
            return NotFound();
        }

        Job = job;
        await LoadLifeAsync(job, cancellationToken);
        var draft = await db.Drafts.AsNoTracking().SingleOrDefaultAsync(d => d.JobId == jobId && d.TranslatorId == Me, cancellationToken);
        if (!IsHeld)
        {
            if (job.HolderId == Me)
            {
                return ToMyWork();
            }

            if (draft is null)
            {
                return NotFound();
            }
        }

        Source = IsHeld ? await texts.ContentAsync(job, cancellationToken) : null;
        await LoadHelpAsync(cancellationToken);
        if (withDraft && draft is not null)
        {
            Show(texts.OpenDraft(await texts.KeyAsync(job.MerchantId, cancellationToken), draft));
        }
        else if (withDraft)
        {
            await BeginWithLastDeliveryAsync(cancellationToken);
        }

        if (draft is not null && Other is null)
        {
            (Version, SavedAt) = (draft.Version, draft.SavedAt);
            ModelState.Clear();
        }

        return null;
    }

    private JsonResult AsJson(DraftSaved saved, int answers) => new(new
    {
        saved.Version,
        SavedAt = saved.SavedAt.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        Exact = reader.Exact(saved.SavedAt),
        saved.IsHeld,
        LeaseUntil = saved.LeaseUntil?.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        Answers = answers,
        Lines = reader.Lines(Counted.Lines),
        Characters = reader.Characters(Counted.Characters),
        LineCount = Counted.Lines,
        Other = saved.Other is { } other ? WorkbenchParts.ByName(other) : null,
    })
    {
        StatusCode = saved.Other is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
    };
}

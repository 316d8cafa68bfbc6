using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Features.Reviews;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Marketplace.Features.Disputes;

/// <summary>
/// One dispute. Its writer sees objection and ruling and can answer; who has taken it on sees everything and rules; who could take it on sees that it
/// is there, and no text.
/// </summary>
[Authorize(Policy = Policies.Person)]
public sealed class DisputePage(
    MarketplaceDbContext db, DisputeBoard board, SettleDispute settle, Objections objections, JobTextReader texts, ReviewTimes times, Reader reader) : PageModel
{
    /// <summary>The writer's answer, or the reason of the ruling.</summary>
    [BindProperty]
    public string? Words { get; set; }

    [BindProperty]
    public bool? Stands { get; set; }

    public Dispute Dispute { get; private set; } = null!;

    public Job Job { get; private set; } = null!;

    public DisputePart Part { get; private set; }

    public JobContent? Source { get; private set; }

    public ObjectionView? Objection { get; private set; }

    public string? Note { get; private set; }

    public string? Rejoinder { get; private set; }

    public string? Ruling { get; private set; }

    public string? WordsError { get; private set; }

    public bool StandsMissing { get; private set; }

    public string Id => PublicId.Format("dlv", Dispute.DeliveryId);

    public TimeSpan RulingLease => times.RulingLease;

    public DateTimeOffset OperatorsFrom => board.OperatorsFrom(Dispute);

    /// <summary>Until when the writer can answer before anybody rules against her; null when she has, or the time is over.</summary>
    public DateTimeOffset? HearingUntil => Dispute.RuledAt is null && !Dispute.IsHeard(reader.Now, times) ? Dispute.OpenedAt + times.HearingWithin : null;

    public bool MayAnswer => Part == DisputePart.Writer && Dispute is { AnsweredAt: null, RuledAt: null };

    public bool MayRule => Part == DisputePart.Ruler && Dispute.RuledAt is null;

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken) => await LoadAsync(id, cancellationToken) ?? Page();

    public async Task<IActionResult> OnPostTakeAsync(string id, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is { } missing)
        {
            return missing;
        }

        if (await settle.TakeAsync(User, Dispute.DeliveryId, cancellationToken) == DisputeResult.Done)
        {
            this.Notice(reader.Say(reader.W.DisputeTaken, reader.Clock(reader.Now + times.RulingLease)));
            return LocalRedirect($"/portal/disputes/{id}");
        }

        this.Notice(reader.W.DisputeTooLate, isGood: false);
        return LocalRedirect("/portal/disputes");
    }

    public async Task<IActionResult> OnPostGiveBackAsync(string id, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse("dlv", id, out var delivery) || await settle.GiveBackAsync(User.TranslatorId(), delivery, cancellationToken) != DisputeResult.Done)
        {
            return NotFound();
        }

        this.Notice(reader.W.DisputeGivenBack);
        return LocalRedirect("/portal/disputes");
    }

    public async Task<IActionResult> OnPostAnswerAsync(string id, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is { } missing)
        {
            return missing;
        }

        return Part == DisputePart.Writer
            ? Answered(id, await settle.AnswerAsync(User.TranslatorId(), Dispute.DeliveryId, Words, cancellationToken), reader.W.AnswerSent)
            : NotFound();
    }

    public async Task<IActionResult> OnPostRuleAsync(string id, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is { } missing)
        {
            return missing;
        }

        if (Part is not (DisputePart.Ruler or DisputePart.Candidate))
        {
            return NotFound();
        }

        if (Stands is not { } stands)
        {
            StandsMissing = true;
            return Page();
        }

        return Answered(id, await settle.RuleAsync(User.TranslatorId(), Dispute.DeliveryId, stands, Words, cancellationToken), reader.W.Ruled);
    }

    private IActionResult Answered(string id, DisputeResult result, string words)
    {
        switch (result)
        {
            case DisputeResult.Done:
                this.Notice(words);
                return LocalRedirect($"/portal/disputes/{id}");
            case DisputeResult.TooLate:
                this.Notice(reader.W.DisputeTooLate, isGood: false);
                return LocalRedirect("/portal/disputes");
            case DisputeResult.TooEarly:
                WordsError = reader.Say(reader.W.RuleTooEarly, reader.Exact(Dispute.OpenedAt + times.HearingWithin));
                return Page();
            default:
                WordsError = result == DisputeResult.Empty ? reader.W.WordsMissing : reader.Say(reader.W.AskTooLong, reader.Number(Dispute.LongestText));
                return Page();
        }
    }

    private async Task<IActionResult?> LoadAsync(string id, CancellationToken cancellationToken)
    {
        if (!PublicId.TryParse("dlv", id, out var delivery)
            || await board.Rows.SingleOrDefaultAsync(r => r.Dispute.DeliveryId == delivery, cancellationToken) is not { } row
            || await board.PartAsync(User, row.Dispute, cancellationToken) is var part && part == DisputePart.None)
        {
            return NotFound();
        }

        (Dispute, Job, Part) = (row.Dispute, row.Job, part);
        if (part is DisputePart.Writer or DisputePart.Ruler)
        {
            await OpenAsync(cancellationToken);
        }

        return null;
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        Objection = await objections.ViewAsync(Job, Dispute.DeliveryId, Dispute.Objection, cancellationToken);
        Source = await texts.ContentAsync(Job, cancellationToken);
        if (Objection is null)
        {
            // Erased: what is left to see is that there was a dispute, and how it ended.
            return;
        }

        var key = await texts.KeyAsync(Job.MerchantId, cancellationToken);
        var delivered = await db.DeliveryTexts.AsNoTracking().SingleAsync(t => t.DeliveryId == Dispute.DeliveryId, cancellationToken);
        Note = texts.OpenDelivery(key, Dispute.DeliveryId, delivered.Content).Note;
        Rejoinder = Dispute.Rejoinder is { } rejoinder ? texts.OpenRejoinder(key, Dispute.DeliveryId, rejoinder) : null;
        Ruling = Dispute.Ruling is { } ruling ? texts.OpenRuling(key, Dispute.DeliveryId, ruling) : null;
    }
}

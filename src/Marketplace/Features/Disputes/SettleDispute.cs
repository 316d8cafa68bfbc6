using System.Security.Claims;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.Disputes;

public enum DisputeResult
{
    Done,
    Empty,
    TooLong,

    /// <summary>Against the writer, who has not answered yet and still can.</summary>
    TooEarly,

    /// <summary>Somebody else has it, has ruled, or it was done before.</summary>
    TooLate,
}

/// <summary>
/// The steps of a dispute: the writer answers once, somebody takes it on for a time, and rules. However many try at once, conditional updates decide.
/// A ruling that comes a moment after the time's end counts as long as nobody else has taken the dispute on.
/// </summary>
public sealed class SettleDispute(
    MarketplaceDbContext db, DisputeBoard board, JobTextReader texts, ReviewTimes times, IPublishEndpoint publish, TimeProvider time)
{
    public async Task<DisputeResult> TakeAsync(ClaimsPrincipal user, Guid deliveryId, CancellationToken cancellationToken)
    {
        var (me, now) = (user.TranslatorId(), time.GetUtcNow());
        if (!await board.ToRule(user).AnyAsync(d => d.DeliveryId == deliveryId, cancellationToken))
        {
            return DisputeResult.TooLate;
        }

        var taken = await db.Disputes
            .Where(d => d.DeliveryId == deliveryId && d.RuledAt == null && d.WriterId != me && (d.RulerId == null || d.RulerUntil <= now))
            .ExecuteUpdateAsync(
                d => d.SetProperty(x => x.RulerId, me).SetProperty(x => x.RulerUntil, now + times.RulingLease), cancellationToken);
        return taken == 1 || await db.Disputes.AnyAsync(d => d.DeliveryId == deliveryId && d.RulerId == me && d.RuledAt == null, cancellationToken)
            ? DisputeResult.Done
            : DisputeResult.TooLate;
    }

    public async Task<DisputeResult> GiveBackAsync(Guid me, Guid deliveryId, CancellationToken cancellationToken) =>
        await db.Disputes
            .Where(d => d.DeliveryId == deliveryId && d.RulerId == me && d.RuledAt == null)
            .ExecuteUpdateAsync(
                d => d.SetProperty(x => x.RulerId, (Guid?)null).SetProperty(x => x.RulerUntil, (DateTimeOffset?)null), cancellationToken) == 1
            ? DisputeResult.Done
            : DisputeResult.TooLate;

    /// <summary>The writer's answer; once, and before the ruling.</summary>
    public async Task<DisputeResult> AnswerAsync(Guid me, Guid deliveryId, string? answer, CancellationToken cancellationToken)
    {
        if (Look(answer, out var text) is { } wrong)
        {
            return wrong;
        }

        if (await JobAsync(deliveryId, cancellationToken) is not { } job)
        {
            return DisputeResult.TooLate;
        }

        var now = time.GetUtcNow();
        var sealedText = texts.SealRejoinder(await texts.KeyAsync(job.MerchantId, cancellationToken), deliveryId, text);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var answered = await db.Disputes
            .Where(d => d.DeliveryId == deliveryId && d.WriterId == me && d.AnsweredAt == null && d.RuledAt == null)
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.Rejoinder, sealedText).SetProperty(x => x.AnsweredAt, now), cancellationToken);
        if (answered == 0)
        {
            return DisputeResult.TooLate;
        }

        if (await db.Disputes.Where(d => d.DeliveryId == deliveryId).Select(d => d.RulerId).SingleAsync(cancellationToken) is { } ruler)
        {
            await LiveSignal.Person(ruler).SendAsync(db, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return DisputeResult.Done;
    }

    public async Task<DisputeResult> RuleAsync(Guid me, Guid deliveryId, bool deliveryStands, string? reason, CancellationToken cancellationToken)
    {
        if (Look(reason, out var text) is { } wrong)
        {
            return wrong;
        }

        if (await JobAsync(deliveryId, cancellationToken) is not { } seen)
        {
            return DisputeResult.TooLate;
        }

        var now = time.GetUtcNow();
        if (!deliveryStands && await db.Disputes.AsNoTracking().SingleOrDefaultAsync(d => d.DeliveryId == deliveryId, cancellationToken) is { } asked && !asked.IsHeard(now, times))
        {
            return DisputeResult.TooEarly;
        }

        var ruling = texts.SealRuling(await texts.KeyAsync(seen.MerchantId, cancellationToken), deliveryId, text);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // The job's row first, as everybody does.
        var job = await db.LockJobAsync(seen.Id, cancellationToken) ?? throw new InvalidOperationException("A dispute has a job.");
        var ruled = await db.Disputes
            .Where(d => d.DeliveryId == deliveryId && d.RulerId == me && d.WriterId != me && d.RuledAt == null)
            .ExecuteUpdateAsync(
                d => d.SetProperty(x => x.RuledAt, now).SetProperty(x => x.DeliveryStands, deliveryStands).SetProperty(x => x.Ruling, ruling.Bytes),
                cancellationToken);
        if (ruled == 0)
        {
            return DisputeResult.TooLate;
        }

        // Orders draws the consequence and tells it; until then the job stays as it is.
        job.Mention(now);
        var dispute = await db.Disputes.AsNoTracking().SingleAsync(d => d.DeliveryId == deliveryId, cancellationToken);
        await publish.Publish(
            new RulingGiven(job.Id, job.MerchantId, job.Version, deliveryId, dispute.ComplaintId, deliveryStands, ruling, now), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (deliveryStands && dispute.ComplaintId is { } complaint)
        {
            await db.Complaints.Where(c => c.Id == complaint).ExecuteUpdateAsync(c => c.SetProperty(x => x.DismissedAt, now), cancellationToken);
        }

        await LiveSignal.Person(dispute.WriterId).SendAsync(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return DisputeResult.Done;
    }

    private Task<Job?> JobAsync(Guid deliveryId, CancellationToken cancellationToken) =>
        board.Rows.Where(r => r.Dispute.DeliveryId == deliveryId).Select(r => r.Job).SingleOrDefaultAsync(cancellationToken);

    private static DisputeResult? Look(string? written, out string text)
    {
        text = (written ?? "").ReplaceLineEndings("\n").Trim();
        return text.Length == 0 ? DisputeResult.Empty : text.Length > Dispute.LongestText ? DisputeResult.TooLong : null;
    }
}

using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Offers;

/// <summary>
/// Offers a job to one translator after another, each for a short time alone, and then to all. Called on a job whose row is locked, or that nobody
/// else can see yet; what it changes becomes visible with the caller's commit.
/// </summary>
public sealed class OfferInTurn(MarketplaceDbContext db, CandidateSearch candidates, OfferRules rules, IPublishEndpoint publish)
{
    private const int MostKeptInOrder = 10;

    /// <summary>Begins a round: at the first offer, and when an operator has the job offered anew.</summary>
    public async Task BeginAsync(Job job, DateTimeOffset now, CancellationToken cancellationToken)
    {
        job.BeginRound();
        await NextAsync(job, turn: 1, now, cancellationToken);
    }

    /// <summary>Her time is over, whatever became of it, inside the worker's transaction.</summary>
    public async Task RunAsync(DueTimer timer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.LockJobAsync(timer.JobId, cancellationToken) is { } job)
        {
            await EndAsync(job, timer.SubjectId, OfferOutcome.Lapsed, now, cancellationToken);
        }
    }

    /// <summary>"Not now": the next one is asked at once. Returns whether the job was on offer to her.</summary>
    public async Task<bool> DeclineAsync(Guid translatorId, Guid jobId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.LockJobAsync(jobId, cancellationToken) is not { } job || !job.IsOfferedTo(translatorId, now))
        {
            return false;
        }

        var offer = await db.Offers.Where(o => o.JobId == jobId && o.EndedAt == null).Select(o => o.Id).SingleAsync(cancellationToken);
        await EndAsync(job, offer, OfferOutcome.Declined, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await LiveSignal.Person(translatorId).SendAsync(db, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task EndAsync(Job job, Guid offerId, string outcome, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Offers.SingleOrDefaultAsync(o => o.Id == offerId && o.EndedAt == null, cancellationToken) is not { } offer)
        {
            return;
        }

        var isOn = job.State == JobState.Open && job.OfferedToId == offer.TranslatorId;
        (offer.EndedAt, offer.Outcome) = (now, isOn ? outcome : OfferOutcome.Withdrawn);
        // Before the next one: only one at a time may be without an end.
        await db.SaveChangesAsync(cancellationToken);
        if (isOn)
        {
            await NextAsync(job, offer.Turn + 1, now, cancellationToken);
            await LiveSignal.Job(job.Id).SendAsync(db, cancellationToken);
        }
    }

    private async Task NextAsync(Job job, int turn, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The job's row is written, and so locked, before anybody's standing.
        job.OpenToAll();
        await db.SaveChangesAsync(cancellationToken);
        if (turn > rules.Turns || job.DeliverBy <= now)
        {
            return;
        }

        var order = Ranking.Order(
            job.CaseTranslatorId, job.PreferredIds, job.BlockedIds, await candidates.FindAsync(job, now, cancellationToken));
        for (var i = 0; i < order.Count; i++)
        {
            if (await AskAsync(order[i].Candidate, now, cancellationToken))
            {
                await MakeAsync(job, turn, order, i, now, cancellationToken);
                return;
            }
        }
    }

    /// <summary>Her turn begins anew. Somebody whom another job is being offered to at this moment is passed over, not waited for.</summary>
    private async Task<bool> AskAsync(Candidate candidate, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE standings SET waits_since = {now} WHERE translator_id = (
              SELECT translator_id FROM standings WHERE translator_id = {candidate.TranslatorId} AND waits_since = {candidate.WaitsSince} FOR UPDATE SKIP LOCKED)
            """,
            cancellationToken) == 1;

    private async Task MakeAsync(Job job, int turn, IReadOnlyList<Ranked> order, int place, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (candidate, reasons) = order[place];
        var offer = new Offer
        {
            Id = Guid.CreateVersion7(now),
            JobId = job.Id,
            TranslatorId = candidate.TranslatorId,
            Round = job.OfferRound,
            Turn = turn,
            MadeAt = now,
            Until = rules.Until(now, job.DeliverBy),
            Reasons = [.. reasons],
            WaitedSince = candidate.WaitsSince,
            NextIds = [.. order.Skip(place + 1).Take(MostKeptInOrder).Select(r => r.Candidate.TranslatorId)],
            Candidates = order.Count,
        };
        job.OfferTo(offer.TranslatorId, offer.Until);
        db.Add(offer);
        db.Add(DueTimer.ForOffer(offer, now));
        await publish.Publish(
            new OfferMade(
                job.Id, offer.TranslatorId, new JobFacts(job.Kind, job.Mode, job.Source, job.Target, job.Urgency, job.DeliverBy),
                job.FeeCents, job.Currency, offer.Until, now),
            cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }
}

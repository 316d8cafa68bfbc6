using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Offers;

/// <summary>
/// Finds who could be asked about a job now: of its pair and kind, not shut out, not pausing, within her working hours, not being asked about another job and not
/// asked about this one in the same round. Those who count most are among them however many there are; <see cref="Ranking"/> puts them in order.
/// </summary>
public sealed class CandidateSearch(MarketplaceDbContext db)
{
    /// <summary>Whoever is behind these, in the order of <see cref="Ranking"/>, could only come first by what fit is worth, and will with the next job.</summary>
    private const int Most = 50;

    public async Task<List<Candidate>> FindAsync(Job job, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (blocked, preferred, caseTranslator) = (job.BlockedIds.ToArray(), job.PreferredIds.ToArray(), job.CaseTranslatorId ?? Guid.Empty);
        return await db.Database.SqlQuery<Candidate>(
            $"""
            SELECT t.id AS translator_id, s.waits_since, s.claims, s.lapses, s.ratings, s.rating_sum,
                   (SELECT count(*)::int FROM jobs h
                    WHERE h.holder_id = t.id AND (h.state = 'in_progress' OR (h.state = 'on_hold' AND h.claim_id IS NOT NULL))) AS in_hand,
                   d.today_from, d.today_until
            FROM translator_pairs p
            JOIN translators t ON t.id = p.translator_id
            JOIN accounts a ON a.id = t.id
            JOIN standings s ON s.translator_id = t.id
            CROSS JOIN LATERAL (SELECT {now} AT TIME ZONE a.time_zone AS local) l
            CROSS JOIN LATERAL (
              SELECT date_trunc('day', l.local) AT TIME ZONE a.time_zone AS today_from,
                     (date_trunc('day', l.local) + make_interval(mins => coalesce(
                       (SELECT max(w.to_minute) FROM working_hours w WHERE w.translator_id = t.id AND w.day = extract(isodow FROM l.local)), {WorkingHours.EndOfDay}))
                     ) AT TIME ZONE a.time_zone AS today_until) d
            WHERE p.source = {job.Source} AND p.target = {job.Target}
              AND a.shut_out_at IS NULL AND (t.is_available OR t.paused_until <= {now}) AND {job.Kind} = ANY (t.kinds) AND t.id <> ALL ({blocked})
              AND NOT EXISTS (SELECT 1 FROM offers o WHERE o.job_id = {job.Id} AND o.round = {job.OfferRound} AND o.translator_id = t.id)
              AND NOT EXISTS (SELECT 1 FROM jobs e WHERE e.offered_to_id = t.id AND e.state = 'open' AND e.offered_until > {now})
              AND (NOT EXISTS (SELECT 1 FROM working_hours w WHERE w.translator_id = t.id)
                   OR EXISTS (SELECT 1 FROM working_hours w
                              WHERE w.translator_id = t.id AND w.day = extract(isodow FROM l.local)
                                AND extract(hour FROM l.local) * 60 + extract(minute FROM l.local) >= w.from_minute
                                AND extract(hour FROM l.local) * 60 + extract(minute FROM l.local) < w.to_minute))
            ORDER BY (t.id = {caseTranslator}) DESC, (t.id = ANY ({preferred})) DESC,
              CASE WHEN s.waits_since < d.today_from THEN floor(extract(epoch FROM d.today_from - s.waits_since) / 86400) END DESC NULLS LAST,
              CASE WHEN s.waits_since < d.today_from THEN d.today_until END,
              s.waits_since
            LIMIT {Most}
            """).ToListAsync(cancellationToken);
    }
}

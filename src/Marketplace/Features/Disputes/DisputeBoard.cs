using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.Disputes;

/// <summary>What somebody has to do with a dispute.</summary>
public enum DisputePart
{
    /// <summary>Nothing: it is not to be found.</summary>
    None,
    Writer,

    /// <summary>Could take it on.</summary>
    Candidate,

    /// <summary>Has taken it on, or has ruled.</summary>
    Ruler,

    /// <summary>An operator, while translators have time to rule.</summary>
    Onlooker,
}

/// <summary>A dispute as lists show it: no texts.</summary>
public sealed class DisputeRow
{
    public required Dispute Dispute { get; init; }

    public required Job Job { get; init; }
}

/// <summary>Who may rule on what. The writer never; a translator of the pair whom the merchant has not blocked; an operator when nobody did for hours.</summary>
public sealed class DisputeBoard(MarketplaceDbContext db, ReviewTimes times, TimeProvider time)
{
    private int? _count;

    public IQueryable<DisputeRow> Rows => db.Disputes.AsNoTracking().Join(
        db.Jobs.AsNoTracking(), dispute => dispute.JobId, job => job.Id, (dispute, job) => new DisputeRow { Dispute = dispute, Job = job });

    /// <summary>From when operators may rule.</summary>
    public DateTimeOffset OperatorsFrom(Dispute dispute) => dispute.OpenedAt + times.OperatorsAfter;

    /// <summary>Open ones that this person could take on, or has taken on. One that another holds is not among them.</summary>
    public IQueryable<Dispute> ToRule(ClaimsPrincipal user)
    {
        var (me, now) = (user.TranslatorId(), time.GetUtcNow());
        var free = db.Disputes.AsNoTracking().Where(d =>
            d.RuledAt == null && d.WriterId != me && (d.RulerId == null || d.RulerUntil <= now || d.RulerId == me));
        if (user.IsInRole(Role.Operator))
        {
            var since = now - times.OperatorsAfter;
            return free.Where(d => d.RulerId == me || d.OpenedAt <= since);
        }

        return free.Where(d => db.Jobs.Any(j => j.Id == d.JobId
            && !j.BlockedIds.Contains(me)
            && db.TranslatorPairs.Any(p => p.TranslatorId == me && p.Source == j.Source && p.Target == j.Target)));
    }

    /// <summary>How many wait for this person: to be ruled, or to be answered. Asked once a request.</summary>
    public async Task<int> CountAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var me = user.TranslatorId();
        return _count ??= await ToRule(user).CountAsync(cancellationToken)
            + await db.Disputes.CountAsync(d => d.WriterId == me && d.RuledAt == null && d.AnsweredAt == null, cancellationToken);
    }

    public async Task<DisputePart> PartAsync(ClaimsPrincipal user, Dispute dispute, CancellationToken cancellationToken)
    {
        var me = user.TranslatorId();
        return dispute.WriterId == me ? DisputePart.Writer
            : dispute.RulerId == me && (dispute.RuledAt is not null || dispute.RulerUntil > time.GetUtcNow()) ? DisputePart.Ruler
            : await ToRule(user).AnyAsync(d => d.DeliveryId == dispute.DeliveryId, cancellationToken) ? DisputePart.Candidate
            : user.IsInRole(Role.Operator) ? DisputePart.Onlooker
            : DisputePart.None;
    }
}

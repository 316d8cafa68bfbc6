using System.Globalization;

namespace Zweizeiler.FaultInjection.Oracle;

/// <summary>What must be true after quiet, whatever was killed meanwhile: pure functions of what is known then.</summary>
internal static class Checks
{
    public static IReadOnlyList<Check> All(Evidence evidence) =>
    [
        AcknowledgedOrders(evidence),
        UnknownOrders(evidence),
        RefusedOrders(evidence),
        RepeatedKeys(evidence),
        Deeds(evidence),
        OneHolder(evidence),
        Transitions(evidence),
        Agreement(evidence),
        OneEffect(evidence),
        .. Money.All(evidence),
        .. Telling.All(evidence),
        NothingLeft(evidence),
        NoTexts(evidence),
    ];

    public static Check AcknowledgedOrders(Evidence evidence)
    {
        var jobs = evidence.Jobs.ToDictionary(j => j.Id);
        var byReference = evidence.Jobs.ToLookup(j => j.Reference, StringComparer.Ordinal);
        return Check.Each("acknowledged orders exist once", [.. evidence.Orders.Where(o => o.Outcome == Outcome.Acknowledged)], order =>
            order.Answers is not [.., { } answer] || answer.Count != order.References.Count ? $"order {order.Key}: the answer names another number of jobs"
            : answer.Any(id => !jobs.ContainsKey(id)) ? $"order {order.Key}: a job of the answer does not exist"
            : order.References.Any(r => byReference[r].Count() != 1) ? $"order {order.Key}: a reference has {string.Join(", ", order.References.Select(r => byReference[r].Count()))} jobs"
            : order.References.SelectMany(r => byReference[r]).Any(j => !answer.Contains(j.Id)) ? $"order {order.Key}: its reference is on another job"
            : null);
    }

    /// <summary>Whoever asks again with the same key long enough gets an answer.</summary>
    public static Check UnknownOrders(Evidence evidence) =>
        Check.Each("no order stays unknown", evidence.Orders, order => order.Outcome == Outcome.Unknown ? $"order {order.Key}" : null);

    public static Check RefusedOrders(Evidence evidence)
    {
        var there = evidence.Jobs.Select(j => j.Reference).ToHashSet(StringComparer.Ordinal);
        return Check.Each("refused orders leave nothing", [.. evidence.Orders.Where(o => o.Outcome == Outcome.Refused)], order =>
            order.References.Any(there.Contains) ? $"order {order.Key}: a job of it exists" : null);
    }

    public static Check RepeatedKeys(Evidence evidence) => Check.Each(
        "a repeated key gets the first answer", [.. evidence.Orders.Where(o => o.Answers.Count > 1)],
        order => order.Answers.All(a => a.SequenceEqual(order.Answers[0])) ? null : $"order {order.Key}: different jobs");

    /// <summary>What was acknowledged has happened, as often as it was acknowledged.</summary>
    public static Check Deeds(Evidence evidence)
    {
        var holds = evidence.Holds.Where(h => h.Begins).ToLookup(h => (h.JobId, h.TranslatorId));
        var deliveries = evidence.Deliveries.ToLookup(d => d);
        var told = evidence.Changes.ToLookup(c => (c.JobId, c.Type));
        return Check.Each("what was acknowledged has happened", [.. evidence.Deeds.GroupBy(d => d)], deed =>
        {
            var (kind, job, translator) = deed.Key;
            var done = (kind, translator) switch
            {
                ("claim", { } who) => holds[(job, who)].Count(),
                ("deliver", { } who) => deliveries[(job, who)].Count(),
                _ => told[(job, kind)].Count(),
            };
            // Asking for a cancellation again is the same wish.
            var wanted = kind == "job.cancellation_requested" ? 1 : deed.Count();
            return done < wanted ? string.Create(CultureInfo.InvariantCulture, $"{kind} of {job}: acknowledged {wanted} times, done {done} times") : null;
        });
    }

    public static Check OneHolder(Evidence evidence)
    {
        var jobs = evidence.Holds.GroupBy(h => h.JobId).ToList();
        return Check.Each("at most one holder at any time", jobs, job =>
        {
            var holding = new Dictionary<Guid, Guid>();
            foreach (var hold in job)
            {
                if (!hold.Begins)
                {
                    holding.Remove(hold.ClaimId);
                }
                else if (holding.TryAdd(hold.ClaimId, hold.TranslatorId) && holding.Count > 1)
                {
                    return $"job {job.Key}: held by {holding.Count} at once";
                }
            }

            return null;
        });
    }

    public static Check Transitions(Evidence evidence) => Check.Of(
        "only legal transitions",
        evidence.Changes.Count,
        evidence.Changes.GroupBy(c => c.JobId).SelectMany(job =>
        {
            var steps = job.OrderBy(c => c.Sequence).ToList();
            return steps.Zip(steps.Skip(1)).Where(pair => pair.Second.Sequence == pair.First.Sequence + 1 && !Life.MayFollow(pair.First.State, pair.Second))
                .Select(pair => $"job {job.Key}: {pair.First.State} → {pair.Second.State} ({pair.Second.Type})")
                .Concat(steps[0] is { Sequence: 1, State: not "placed" } ? [$"job {job.Key}: begins {steps[0].State}"] : []);
        }));

    public static Check Agreement(Evidence evidence) => Check.Each("the services agree on each job", evidence.Jobs, job =>
        !evidence.MarketplaceStates.TryGetValue(job.Id, out var other) ? $"job {job.Id}: the marketplace has never heard of it"
        : other != job.State ? $"job {job.Id}: {job.State} at Orders, {other} at the marketplace"
        : null);

    public static Check OneEffect(Evidence evidence) => Check.Each("each message has its effect once", evidence.Effects, effect =>
        effect.Times == 1 ? null : string.Create(CultureInfo.InvariantCulture, $"{effect.Consumer} had {effect.Times} effects of message {effect.MessageId}"));

    public static Check NothingLeft(Evidence evidence) => Check.Each("outbox, inbox, queues empty or explained", evidence.Leftovers, place =>
        place.Count == 0 || place.Explanation is not null ? null : string.Create(CultureInfo.InvariantCulture, $"{place.Place}: {place.Count}"));

    public static Check NoTexts(Evidence evidence) => Check.Each("no text in log, queue or trace", evidence.Searched, place => place.HasText ? place.Place : null);
}

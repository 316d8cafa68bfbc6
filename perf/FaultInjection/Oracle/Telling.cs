using System.Globalization;

namespace Zweizeiler.FaultInjection.Oracle;

/// <summary>What the merchant hears.</summary>
internal static class Telling
{
    public static IEnumerable<Check> All(Evidence evidence) => [Logged(evidence), Received(evidence), OneId(evidence), NothingUndone(evidence)];

    /// <summary>Orders numbers a job's changes from one; the event log has each once, and the last says the job's state.</summary>
    public static Check Logged(Evidence evidence)
    {
        var changes = evidence.Changes.ToLookup(c => c.JobId);
        return Check.Of("each state change is in the event log", evidence.Jobs.Sum(j => j.Sequence), evidence.Jobs.Select(job =>
        {
            var told = changes[job.Id].OrderBy(c => c.Sequence).ToList();
            return !told.Take(job.Sequence).Select(c => c.Sequence).SequenceEqual(Enumerable.Range(1, job.Sequence))
                ? string.Create(CultureInfo.InvariantCulture, $"job {job.Id}: {told.Count} of {job.Sequence} changes")
                : told.Count > 0 && told[job.Sequence - 1].State != job.State ? $"job {job.Id}: is {job.State}, the log ends with {told[^1].State}"
                : null;
        }).OfType<string>());
    }

    public static Check Received(Evidence evidence)
    {
        var heard = evidence.Webhooks.Select(w => (w.JobId, w.Sequence)).ToHashSet();
        return Check.Each("each state change reached the receiver", evidence.Changes, change =>
            heard.Contains((change.JobId, change.Sequence)) ? null : string.Create(CultureInfo.InvariantCulture, $"job {change.JobId}, {change.Sequence}: {change.Type} never came"));
    }

    /// <summary>One id an event, however often it comes, and no id for two events.</summary>
    public static Check OneId(Evidence evidence) => Check.Of(
        "one webhook-id an event",
        evidence.Webhooks.Count,
        [
            .. evidence.Webhooks.GroupBy(w => (w.JobId, w.Sequence)).Where(g => g.Select(w => w.WebhookId).Distinct().Count() > 1)
                .Select(g => string.Create(CultureInfo.InvariantCulture, $"job {g.Key.JobId}, {g.Key.Sequence}: several ids")),
            .. evidence.Webhooks.GroupBy(w => w.WebhookId).Where(g => g.Select(w => (w.JobId, w.Sequence, w.Type)).Distinct().Count() > 1).Select(g => $"{g.Key}: several events"),
        ]);

    /// <summary>What was rolled back, or never asked for, is told to nobody.</summary>
    public static Check NothingUndone(Evidence evidence)
    {
        var jobs = evidence.Jobs.ToDictionary(j => j.Id, j => j.Sequence);
        var told = evidence.Changes.Select(c => (c.JobId, c.Sequence)).Concat(evidence.Webhooks.Select(w => (w.JobId, w.Sequence))).Distinct().ToList();
        return Check.Each("no event of what did not happen", told, change =>
            jobs.TryGetValue(change.JobId, out var last) && change.Sequence <= last ? null
                : string.Create(CultureInfo.InvariantCulture, $"job {change.JobId}, {change.Sequence}: told, and Orders does not know it"));
    }
}

namespace Zweizeiler.Contracts.Orders;

/// <summary>One step in a job's life as its merchant sees it; what webhooks, the event log and mails are made of.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="Sequence">1, 2, 3, … without a gap within the job; consumers tell and send in this order.</param>
/// <param name="Type">Event type as in the public API, for example <c>job.claimed</c>.</param>
/// <param name="State">The job's state after the step, for example <c>in_progress</c>.</param>
/// <param name="Mode"><c>live</c> or <c>test</c>.</param>
/// <param name="Filing">The merchant's own data.</param>
/// <param name="OccurredAt">When, UTC.</param>
/// <param name="Step">What was done about a job that may miss its promise, <c>widened</c> or <c>fee_raised</c>; null for everything but <c>job.escalated</c>.</param>
public sealed record JobStateChanged(
    Guid JobId,
    Guid MerchantId,
    int Sequence,
    string Type,
    string State,
    string Mode,
    JobFiling Filing,
    DateTimeOffset OccurredAt,
    string? Step = null);

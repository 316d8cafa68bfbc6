using System.Text.Json;

namespace Zweizeiler.Client;

/// <summary>A verified webhook.</summary>
/// <param name="Id">The event's id, <c>evt_…</c>; the same on every attempt.</param>
/// <param name="Type">The event's type, for example <c>job.delivered</c>.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="Data">What it is about; never a text.</param>
/// <param name="Number">The event's place in your log, from 1 and without gaps: a number that is missing was not received. Null for those that have none.</param>
public sealed record WebhookMessage(string Id, string Type, DateTimeOffset Timestamp, JsonElement Data, long? Number = null)
{
    /// <summary>The job that a <c>job.…</c> event is about; null for other events.</summary>
    public JobEventData? Job => Type.StartsWith("job.", StringComparison.Ordinal) ? Data.Deserialize(ApiJson.Default.JobEventData) : null;
}

/// <summary>What an event says of a job.</summary>
/// <param name="Id"><c>job_…</c></param>
/// <param name="State">The job's state after the step.</param>
/// <param name="Reference">Your own reference.</param>
/// <param name="CaseId">The case that the job belongs to.</param>
/// <param name="Mode"><c>live</c> or <c>test</c>.</param>
/// <param name="Sequence">1, 2, 3, … within the job; events of a job arrive in this order.</param>
/// <param name="Step">Only of <c>job.escalated</c>: <c>widened</c> or <c>fee_raised</c>, what was done so that somebody takes the job in time.</param>
public sealed record JobEventData(string Id, string State, string? Reference, string? CaseId, string? Mode = null, int Sequence = 0, string? Step = null);

internal sealed record WebhookBody
{
    public long? Number { get; init; }

    public required string Type { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public required JsonElement Data { get; init; }
}

using System.Text.Json;

namespace Zweizeiler.Client;

/// <summary>The log of everything that happened to your jobs, for those who poll instead of receiving webhooks, or who lost some.</summary>
public sealed class EventsResource
{
    private readonly ApiTransport _transport;

    internal EventsResource(ApiTransport transport) => _transport = transport;

    /// <summary>One page of the log, the oldest event first; what is behind a cursor never changes.</summary>
    /// <param name="filter">Which events.</param>
    /// <param name="cursor">Where the page before ended.</param>
    /// <param name="limit">1 to 100 events a page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Page<Event>> ListAsync(
        EventFilter? filter = null, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(
            "v1/events" + Query.Of(("type", filter?.Type), ("job", filter?.JobId), ("after", filter?.After), ("cursor", cursor), ("limit", Query.Number(limit))),
            ApiJson.Default.PageEvent,
            cancellationToken);
}

/// <summary>Which events a list shows; what is null does not matter.</summary>
/// <param name="Type">For example <c>job.delivered</c>.</param>
/// <param name="JobId"><c>job_…</c></param>
/// <param name="After">Only events later in the log than this one: the id of the last one that you have seen.</param>
public sealed record EventFilter(string? Type = null, string? JobId = null, string? After = null);

/// <summary>Something that happened.</summary>
/// <param name="Id"><c>evt_…</c>, the same as the webhook's id.</param>
/// <param name="Type">For example <c>job.delivered</c>.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="Data">What it is about; never a text.</param>
/// <param name="Number">Its place in your log, from 1 and without gaps: a number that is missing was not received. Null for those that have none.</param>
public sealed record Event(string Id, string Type, DateTimeOffset Timestamp, JsonElement Data, long? Number = null)
{
    /// <summary>The job that a <c>job.…</c> event is about; null for other events.</summary>
    public JobEventData? Job => Type.StartsWith("job.", StringComparison.Ordinal) ? Data.Deserialize(ApiJson.Default.JobEventData) : null;
}

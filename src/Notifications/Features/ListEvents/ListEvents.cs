using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.WebhookEndpoints;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Notifications.Features.ListEvents;

/// <summary>An event, as webhooks and the event log show it.</summary>
public sealed record EventView(
    [property: Description("Also the `webhook-id` of every attempt to send it.")] string Id,
    [property: Description("What happened."), ValuesOf(typeof(EventTypes))] string Type,
    [property: Description("1, 2, 3, … in your log, live and test each by itself: every state change has one, and none is left out. Null for the few that were told while numbers were introduced.")]
    long? Number,
    [property: Description("When it happened.")] DateTimeOffset Timestamp,
    EventData Data)
{
    internal static EventView Of(JobEvent e) => new(PublicId.Format("evt", e.Id), e.Type, e.Number, e.OccurredAt, EventData.Of(e));
}

/// <summary>What an event tells of its job; never a text.</summary>
public sealed record EventData(
    [property: Description("The job.")] string Id,
    [property: Description("The job's state after the event, one of those of `Job.state`.")] string State,
    [property: Description("The merchant's own reference.")] string? Reference,
    string? CaseId,
    [property: Description("`live` or `test`."), AllowedValues("live", "test")] string Mode,
    [property: Description("1, 2, 3, … within the job.")] int Sequence)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Only of `job.escalated`: what was done so that somebody takes the job in time.")]
    [AllowedValues("widened", "fee_raised")]
    public string? Step { get; init; }

    internal static EventData Of(JobEvent e) =>
        new(PublicId.Format("job", e.JobId), e.State, e.Reference, PublicId.Format("case", e.CaseId), e.Mode, e.Sequence) { Step = e.Step };
}

/// <summary><c>GET /v1/events</c>: the event log for those who poll, the oldest first; what is behind a cursor never changes.</summary>
internal static class ListEvents
{
    private static readonly QueryParameters Parameters = new(
        QueryParameters.Limit,
        QueryParameters.Cursor,
        new("type", "Only events of this type, for example `job.delivered`; may be given several times.", QueryParameter.Array) { Values = EventTypes.All },
        new("job", "Only events of this job."),
        new("after", "Only events later in the log than this one: the id of the last event that you have seen."));

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/v1/events", HandleAsync)
        .RequireScope(Scope.Read)
        .WithName("listEvents")
        .WithTags("Events")
        .WithSummary("List events, the oldest first")
        .WithDescription("The log of the last 30 days: each entry is the same object as the webhook that tells of it. Ask again with `after` and the last id that you saw.")
        .WithMetadata(Parameters)
        .Produces<Page<EventView>>()
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);

    private static async Task<IResult> HandleAsync(
        HttpRequest request, NotificationsDbContext db, Caller caller, Cursors cursors, TimeProvider time, CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query, Parameters);
        // A walk may go on with other filters: a place in the log means the same in each of them.
        var list = $"events:{caller.Mode}";
        var limit = query.Limit();
        var position = query.Cursor(cursors, list, caller.MerchantId);
        var types = query.Values("type", $"Event types: {string.Join(", ", EventTypes.All)}.", text => EventTypes.All.Contains(text) ? (text, true) : ((string, bool)?)null);
        var job = query.Value("job", "A job's id, for example job_01kag….", text => PublicId.TryParse("job", text, out var id) ? id : (Guid?)null);
        var begin = time.GetUtcNow() - JobEvent.KeptFor;
        var after = query.Value("after", "An event's id, for example evt_01kag….", text => PublicId.TryParse("evt", text, out var id) ? id : (Guid?)null);
        if (after is { } seen && position is null)
        {
            var last = await db.Events.AsNoTracking().SingleOrDefaultAsync(e => e.Id == seen && e.ToldAt >= begin, cancellationToken);
            if (last is null)
            {
                query.Faults.Add("?after", "event.not_found", "There is no such event in the log of the last 30 days; begin without it.");
            }
            else
            {
                position = new Cursor(last.ToldAt!.Value, last.Id);
            }
        }

        query.Faults.ThrowIfAny();

        var events = db.Events.AsNoTracking().Where(e => e.ToldAt >= begin);
        if (types.Count > 0)
        {
            var wanted = types.Select(t => t.Item1).ToArray();
            events = events.Where(e => wanted.Contains(e.Type));
        }

        if (job is { } jobId)
        {
            events = events.Where(e => e.JobId == jobId);
        }

        if (position is { } p)
        {
            events = events.Where(e => EF.Functions.GreaterThan(ValueTuple.Create(e.ToldAt!.Value, e.Id), ValueTuple.Create(p.CreatedAt, p.Id)));
        }

        var found = await events.OrderBy(e => e.ToldAt).ThenBy(e => e.Id).Take(limit + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(Page.Of(
            found, limit, EventView.Of, e => new Cursor(e.ToldAt!.Value, e.Id), cursor => cursors.Protect(list, caller.MerchantId, cursor)));
    }
}

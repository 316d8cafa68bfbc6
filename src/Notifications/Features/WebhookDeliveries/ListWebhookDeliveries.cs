using Microsoft.EntityFrameworkCore;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.WebhookEndpoints;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Notifications.Features.WebhookDeliveries;

/// <summary><c>GET /v1/webhook-endpoints/{id}/deliveries</c> and one of them, each with its attempts.</summary>
internal static class ListWebhookDeliveries
{
    private static readonly QueryParameters Parameters = new(
        QueryParameters.Limit,
        QueryParameters.Cursor,
        new("state", "Only deliveries in this state: `waiting`, `sent` or `given_up`.") { Values = [.. Enum.GetValues<SendState>().Select(SnakeCase.Name)] },
        new("job", "Only deliveries about this job."));

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/webhook-endpoints/{id}/deliveries", ListAsync)
            .RequireScope(Scope.Admin)
            .WithName("listWebhookDeliveries")
            .WithTags("Webhooks")
            .WithSummary("List an endpoint's deliveries, the newest first")
            .WithDescription("Of the last 30 days, with every attempt and what your endpoint said.")
            .WithMetadata(Parameters)
            .Produces<Page<WebhookDeliveryView>>()
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);
        app.MapGet("/v1/webhook-endpoints/{id}/deliveries/{delivery}", GetAsync)
            .RequireScope(Scope.Admin)
            .WithName("getWebhookDelivery")
            .WithTags("Webhooks")
            .WithSummary("Get a delivery")
            .WithDescription("With every attempt and what your endpoint said.")
            .Produces<WebhookDeliveryView>()
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);
    }

    private static async Task<IResult> ListAsync(
        string id, HttpRequest request, NotificationsDbContext db, Caller caller, Cursors cursors, CancellationToken cancellationToken)
    {
        var endpoint = await db.FindEndpointAsync(id, cancellationToken);
        var query = new QueryReader(request.Query, Parameters);
        var list = query.Filtered($"webhook-deliveries:{endpoint.Id:N}");
        var limit = query.Limit();
        var position = query.Cursor(cursors, list, caller.MerchantId);
        var state = query.Value("state", "One of: waiting, sent, given_up.", text => text switch
        {
            "waiting" => SendState.Waiting,
            "sent" => SendState.Sent,
            "given_up" => SendState.GivenUp,
            _ => (SendState?)null,
        });
        var job = query.Value("job", "A job's id, for example job_01kag….", text => PublicId.TryParse("job", text, out var jobId) ? jobId : (Guid?)null);
        query.Faults.ThrowIfAny();

        var deliveries = db.WebhookDeliveries.AsNoTracking().Where(d => d.EndpointId == endpoint.Id);
        if (state is { } wanted)
        {
            deliveries = deliveries.Where(d => d.State == wanted);
        }

        if (job is { } about)
        {
            deliveries = deliveries.Where(d => d.JobId == about);
        }

        if (position is { } p)
        {
            deliveries = deliveries.Where(d => EF.Functions.LessThan(ValueTuple.Create(d.CreatedAt, d.Id), ValueTuple.Create(p.CreatedAt, p.Id)));
        }

        var found = await deliveries.OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id).Take(limit + 1).ToListAsync(cancellationToken);
        var shown = await db.WithAttemptsAsync([.. found.Take(limit)], cancellationToken);
        return TypedResults.Ok(Page.Of(
            found, limit, d => shown[d.Id], d => new Cursor(d.CreatedAt, d.Id), cursor => cursors.Protect(list, caller.MerchantId, cursor)));
    }

    private static async Task<IResult> GetAsync(string id, string delivery, NotificationsDbContext db, CancellationToken cancellationToken)
    {
        var found = await db.FindDeliveryAsync(id, delivery, cancellationToken);
        return TypedResults.Ok((await db.WithAttemptsAsync([found], cancellationToken))[found.Id]);
    }
}

internal static class DeliveryQueries
{
    /// <exception cref="ApiException">There is none with this id at an endpoint that is the caller's (404).</exception>
    public static async Task<WebhookDelivery> FindDeliveryAsync(
        this NotificationsDbContext db, string endpointId, string id, CancellationToken cancellationToken)
    {
        var endpoint = await db.FindEndpointAsync(endpointId, cancellationToken);
        return (PublicId.TryParse(WebhookDeliveryView.Prefix, id, out var deliveryId)
                ? await db.WebhookDeliveries.SingleOrDefaultAsync(d => d.Id == deliveryId && d.EndpointId == endpoint.Id, cancellationToken)
                : null)
            ?? throw new ApiException(CommonProblems.NotFound("webhook_delivery"));
    }

    public static async Task<Dictionary<Guid, WebhookDeliveryView>> WithAttemptsAsync(
        this NotificationsDbContext db, IReadOnlyList<WebhookDelivery> deliveries, CancellationToken cancellationToken)
    {
        var ids = deliveries.Select(d => d.Id).ToArray();
        var eventIds = deliveries.Select(d => d.EventId).ToArray();
        var attempts = (await db.WebhookAttempts.AsNoTracking().Where(a => ids.Contains(a.DeliveryId)).ToListAsync(cancellationToken)).ToLookup(a => a.DeliveryId);
        var events = await db.Events.AsNoTracking().Where(e => eventIds.Contains(e.Id)).ToDictionaryAsync(e => e.Id, cancellationToken);
        return deliveries.ToDictionary(d => d.Id, d => WebhookDeliveryView.Of(d, events[d.EventId], attempts[d.Id]));
    }
}

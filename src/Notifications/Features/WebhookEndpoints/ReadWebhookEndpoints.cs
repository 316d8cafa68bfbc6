using Microsoft.EntityFrameworkCore;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Notifications.Features.WebhookEndpoints;

/// <summary><c>GET</c> and <c>DELETE /v1/webhook-endpoints</c></summary>
internal static class ReadWebhookEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/webhook-endpoints", ListAsync)
            .RequireScope(Scope.Admin)
            .WithName("listWebhookEndpoints")
            .WithTags("Webhooks")
            .WithSummary("List webhook endpoints")
            .Produces<DataList<WebhookEndpointView>>();
        app.MapGet("/v1/webhook-endpoints/{id}", GetAsync)
            .RequireScope(Scope.Admin)
            .WithName("getWebhookEndpoint")
            .WithTags("Webhooks")
            .WithSummary("Get a webhook endpoint")
            .Produces<WebhookEndpointView>()
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);
        app.MapDelete("/v1/webhook-endpoints/{id}", DeleteAsync)
            .RequireScope(Scope.Admin)
            .WithName("deleteWebhookEndpoint")
            .WithTags("Webhooks")
            .WithSummary("Delete a webhook endpoint")
            .WithDescription("Nothing more is sent there, what is on its way included.")
            .Produces(StatusCodes.Status204NoContent)
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);
    }

    private static async Task<IResult> ListAsync(NotificationsDbContext db, CancellationToken cancellationToken)
    {
        var endpoints = await db.WebhookEndpoints.AsNoTracking().OrderBy(e => e.CreatedAt).ThenBy(e => e.Id).ToListAsync(cancellationToken);
        return TypedResults.Ok(new DataList<WebhookEndpointView>([.. endpoints.Select(WebhookEndpointView.Of)]));
    }

    private static async Task<IResult> GetAsync(string id, NotificationsDbContext db, CancellationToken cancellationToken)
    {
        var endpoint = PublicId.TryParse(WebhookEndpointView.Prefix, id, out var endpointId)
            ? await db.WebhookEndpoints.AsNoTracking().SingleOrDefaultAsync(e => e.Id == endpointId, cancellationToken)
            : null;
        return endpoint is null ? CommonProblems.NotFound("webhook_endpoint") : TypedResults.Ok(WebhookEndpointView.Of(endpoint));
    }

    private static async Task<IResult> DeleteAsync(string id, NotificationsDbContext db, CancellationToken cancellationToken)
    {
        var deleted = PublicId.TryParse(WebhookEndpointView.Prefix, id, out var endpointId)
            ? await db.WebhookEndpoints.Where(e => e.Id == endpointId).ExecuteDeleteAsync(cancellationToken)
            : 0;
        return deleted == 0 ? CommonProblems.NotFound("webhook_endpoint") : TypedResults.NoContent();
    }
}

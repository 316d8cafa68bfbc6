using Microsoft.EntityFrameworkCore;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Notifications.Features.WebhookEndpoints;

/// <summary><c>GET /v1/webhook-endpoints</c> and <c>GET /v1/webhook-endpoints/{id}</c></summary>
internal static class ReadWebhookEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/webhook-endpoints", ListAsync)
            .RequireScope(Scope.Admin)
            .WithName("listWebhookEndpoints")
            .WithTags("Webhooks")
            .WithSummary("List webhook endpoints")
            .WithDescription("All of them, the oldest first.")
            .Produces<DataList<WebhookEndpointView>>();
        app.MapGet("/v1/webhook-endpoints/{id}", GetAsync)
            .RequireScope(Scope.Admin)
            .WithName("getWebhookEndpoint")
            .ShowsTag()
            .WithTags("Webhooks")
            .WithSummary("Get a webhook endpoint")
            .WithDescription("The answer has an `ETag`.")
            .Produces<WebhookEndpointView>()
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);
    }

    private static async Task<IResult> ListAsync(NotificationsDbContext db, CancellationToken cancellationToken)
    {
        var endpoints = await db.WebhookEndpoints.AsNoTracking().OrderBy(e => e.CreatedAt).ThenBy(e => e.Id).ToListAsync(cancellationToken);
        return TypedResults.Ok(new DataList<WebhookEndpointView>([.. endpoints.Select(WebhookEndpointView.Of)]));
    }

    private static async Task<IResult> GetAsync(string id, NotificationsDbContext db, HttpContext http, CancellationToken cancellationToken)
    {
        var endpoint = await db.FindEndpointAsync(id, cancellationToken);
        // What happens to it (it was switched off, its secret) is no edit.
        var view = WebhookEndpointView.Of(endpoint);
        return http.OkUnlessKnown(view, Preconditions.Tag(endpoint.Version, view));
    }
}

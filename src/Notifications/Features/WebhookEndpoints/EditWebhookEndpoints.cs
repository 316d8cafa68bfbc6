using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Zweizeiler.Notifications.Features.SendWebhooks;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Notifications.Features.WebhookEndpoints;

/// <summary>What is to be different about an endpoint.</summary>
public sealed record ChangeWebhookEndpointRequest(
    [property: Description("Another address."), MaxLength(EndpointRules.MaxUrlLength)] string? Url = null,
    [property: Description("Other event types; null or an empty list for all."), ValuesOf(typeof(EventTypes)), Removable] IReadOnlyList<string>? Types = null) : IMergePatch;

/// <summary><c>PATCH</c> and <c>DELETE /v1/webhook-endpoints/{id}</c></summary>
internal static class EditWebhookEndpoints
{
    private const string Example = """{ "types": ["job.delivered", "job.question"] }""";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPatch("/v1/webhook-endpoints/{id}", ChangeAsync)
            .RequireScope(Scope.Admin)
            .WithName("updateWebhookEndpoint")
            .ShowsTag()
            .WithTags("Webhooks")
            .WithSummary("Change a webhook endpoint")
            .WithDescription("What is not given stays as it is. Another address also gets what is on its way already; other types hold for what happens from now on.")
            .WithMetadata(Preconditions.IfMatch)
            .WithRequestExample("types", "Fewer events", Example)
            .Produces<WebhookEndpointView>()
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status412PreconditionFailed, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status428PreconditionRequired, ApiProblem.ContentType);
        app.MapDelete("/v1/webhook-endpoints/{id}", DeleteAsync)
            .RequireScope(Scope.Admin)
            .WithName("deleteWebhookEndpoint")
            .WithTags("Webhooks")
            .WithSummary("Delete a webhook endpoint")
            .WithDescription("Nothing more is sent there, what is on its way included. An `If-Match` is looked at if you send one.")
            .WithMetadata(Preconditions.IfMatchAtWill)
            .Produces(StatusCodes.Status204NoContent)
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status412PreconditionFailed, ApiProblem.ContentType);
    }

    private static async Task<IResult> ChangeAsync(
        string id, Body<ChangeWebhookEndpointRequest> body, NotificationsDbContext db, Caller caller, AddressGuard guard, TimeProvider time, HttpContext http,
        CancellationToken cancellationToken)
    {
        var endpoint = await db.FindEndpointAsync(id, cancellationToken);
        http.Request.RequireMatch(endpoint.Version);
        var url = body.Value.Url is { } given ? EndpointRules.ReadUrl(given, caller.Mode, guard, body.Faults) : null;
        var types = EndpointRules.ReadTypes(body.Value.Types, body.Faults);
        body.Faults.ThrowIfAny();

        endpoint.Url = url?.AbsoluteUri ?? endpoint.Url;
        endpoint.Types = body.Value.Types is null ? endpoint.Types : types;
        endpoint.Changed(time.GetUtcNow());
        await db.SaveEditAsync(cancellationToken);
        var view = WebhookEndpointView.Of(endpoint);
        http.Response.Headers.ETag = Preconditions.Tag(endpoint.Version, view);
        return TypedResults.Ok(view);
    }

    private static async Task<IResult> DeleteAsync(string id, NotificationsDbContext db, HttpContext http, CancellationToken cancellationToken)
    {
        var endpoint = await db.FindEndpointAsync(id, cancellationToken);
        if (http.Request.Headers.IfMatch.Count > 0)
        {
            http.Request.RequireMatch(endpoint.Version);
        }

        db.Remove(endpoint);
        await db.SaveEditAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}

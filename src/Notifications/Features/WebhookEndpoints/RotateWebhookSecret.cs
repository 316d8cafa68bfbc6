using Zweizeiler.Notifications.Idempotency;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Notifications.Features.WebhookEndpoints;

/// <summary>
/// <c>POST /v1/webhook-endpoints/{id}/rotate-secret</c>. It wants an <c>If-Match</c>: a repetition without a key would otherwise make a third secret, and the
/// one that receivers still use would sign no more.
/// </summary>
internal static class RotateWebhookSecret
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/webhook-endpoints/{id}/rotate-secret", HandleAsync)
        .SavesOnce()
        .RequireScope(Scope.Admin)
        .WithName("rotateWebhookSecret")
        .ShowsTag()
        .WithTags("Webhooks")
        .WithSummary("Make a new signing secret")
        .WithDescription("For 24 hours every webhook has two signatures, one by the new secret and one by the old, so that you can change over without losing anything.")
        .WithMetadata(Preconditions.IfMatch)
        .Produces<NewWebhookEndpointView>()
        .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status412PreconditionFailed, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status428PreconditionRequired, ApiProblem.ContentType);

    private static async Task<Answer> HandleAsync(
        string id, NotificationsDbContext db, WebhookSecrets secrets, TimeProvider time, HttpContext http, CancellationToken cancellationToken)
    {
        var endpoint = await db.FindEndpointAsync(id, cancellationToken);
        http.Request.RequireMatch(endpoint.Version);
        var (shown, sealedSecret, key) = secrets.Create(endpoint.Id);
        endpoint.Rotate(sealedSecret, key, time.GetUtcNow());
        await db.SaveEditAsync(cancellationToken);
        var view = WebhookEndpointView.Of(endpoint);
        return Answer.Ok(new NewWebhookEndpointView(view.Id, view.Url, view.Types, view.CreatedAt, shown)) with { ETag = Preconditions.Tag(endpoint.Version) };
    }
}

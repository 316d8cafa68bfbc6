using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.SendWebhooks;
using Zweizeiler.Notifications.Idempotency;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Notifications.Features.WebhookEndpoints;

/// <summary><c>POST /v1/webhook-endpoints/{id}/pause</c> and <c>/resume</c>. Said twice they mean the same.</summary>
internal static class PauseWebhookEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/webhook-endpoints/{id}/pause", PauseAsync)
            .SavesOnce()
            .RequireScope(Scope.Admin)
            .WithName("pauseWebhookEndpoint")
            .ShowsTag()
            .WithTags("Webhooks")
            .WithSummary("Pause a webhook endpoint")
            .WithDescription("Nothing is sent there until you resume it; what happens meanwhile waits for it, up to 30 days. An endpoint that is off stays off.")
            .Produces<WebhookEndpointView>()
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);
        app.MapPost("/v1/webhook-endpoints/{id}/resume", ResumeAsync)
            .SavesOnce()
            .RequireScope(Scope.Admin)
            .WithName("resumeWebhookEndpoint")
            .ShowsTag()
            .WithTags("Webhooks")
            .WithSummary("Resume a webhook endpoint")
            .WithDescription("What waited is sent now. Had we switched it off, nothing waited: replay the time that it missed.")
            .Produces<WebhookEndpointView>()
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);
    }

    private static async Task<Answer> PauseAsync(string id, NotificationsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var endpoint = await db.FindEndpointAsync(id, cancellationToken);
        endpoint.Pause(time.GetUtcNow());
        return await SaveAsync(endpoint, db, cancellationToken);
    }

    private static async Task<Answer> ResumeAsync(
        string id, NotificationsDbContext db, TimeProvider time, WebhookSignal signal, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var endpoint = await db.FindEndpointAsync(id, cancellationToken);
        if (endpoint.State == EndpointState.Off)
        {
            // An event that was being recorded while it was switched off may have been kept for it.
            await db.GiveUpWaitingAsync(endpoint.Id, now, cancellationToken);
        }

        endpoint.Resume(now);
        var answer = await SaveAsync(endpoint, db, cancellationToken);
        signal.Set();
        return answer;
    }

    private static async Task<Answer> SaveAsync(WebhookEndpoint endpoint, NotificationsDbContext db, CancellationToken cancellationToken)
    {
        await db.SaveEditAsync(cancellationToken);
        return Answer.Ok(WebhookEndpointView.Of(endpoint)) with { ETag = Preconditions.Tag(endpoint.Version) };
    }
}

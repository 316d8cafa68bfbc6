using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Zweizeiler.Notifications.Features.SendWebhooks;
using Zweizeiler.Notifications.Idempotency;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Notifications.Features.WebhookEndpoints;

/// <summary>What came of a test event.</summary>
public sealed record WebhookTestView(
    [property: Description("Its `webhook-id`.")] string Id,
    [property: Description("Whether the endpoint answered 2xx.")] bool Succeeded,
    [property: Description("The HTTP status; null if there was no answer.")] int? Status,
    [property: AllowedValues("status", "timeout", "connection", "address_refused")] string? Failure,
    int DurationMilliseconds,
    [property: Description("How the answer begins, 1 KB at most.")] string? ResponseBody);

/// <summary>The body of a test event.</summary>
internal sealed record TestEvent(string Id, string Type, DateTimeOffset Timestamp, TestEventData Data);

internal sealed record TestEventData(string Id, string Mode);

/// <summary><c>POST /v1/webhook-endpoints/{id}/test</c>: sends at once, once, and says what came of it; nothing is kept.</summary>
internal static class TestWebhookEndpoint
{
    public const string Type = "webhook.test";

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/webhook-endpoints/{id}/test", HandleAsync)
        .ActsOnce()
        .RequireScope(Scope.Admin)
        .WithName("testWebhookEndpoint")
        .WithTags("Webhooks")
        .WithSummary("Send a test event")
        .WithDescription("Sends an event of the type `webhook.test`, signed like any other, and waits up to 15 seconds for what your endpoint says. Works while it is paused or off too.")
        .Produces<WebhookTestView>()
        .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);

    private static async Task<Answer> HandleAsync(
        string id, NotificationsDbContext db, WebhookSecrets secrets, WebhookClient client, IOptions<JsonOptions> json, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var endpoint = await db.FindEndpointAsync(id, cancellationToken);
        var now = time.GetUtcNow();
        var test = new TestEvent(
            PublicId.Format("evt", Guid.CreateVersion7(now)), Type, now, new TestEventData(PublicId.Format(WebhookEndpointView.Prefix, endpoint.Id), endpoint.Mode));
        var outcome = await client.SendAsync(
            new WebhookTarget(new Uri(endpoint.Url), secrets.ValidAt(endpoint, now)), test.Id,
            JsonSerializer.SerializeToUtf8Bytes(test, json.Value.SerializerOptions), cancellationToken);
        return Answer.Ok(new WebhookTestView(
            test.Id, outcome.Succeeded, outcome.Status, outcome.Failure, (int)outcome.Duration.TotalMilliseconds, outcome.Body));
    }
}

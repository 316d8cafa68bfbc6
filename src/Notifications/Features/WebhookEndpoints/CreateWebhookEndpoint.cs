using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.SendWebhooks;
using Zweizeiler.Notifications.Idempotency;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;

namespace Zweizeiler.Notifications.Features.WebhookEndpoints;

/// <summary>What a new endpoint needs.</summary>
public sealed record CreateWebhookEndpointRequest(
    [property: Description("An https address of yours that answers 2xx within 15 seconds; with a test key http is permitted too."), Required, MaxLength(EndpointRules.MaxUrlLength)] string? Url,
    [property: Description("Event types to be sent, for example `job.delivered`; all if not given."), ValuesOf(typeof(EventTypes))] IReadOnlyList<string>? Types = null);

/// <summary><c>POST /v1/webhook-endpoints</c></summary>
internal static class CreateWebhookEndpoint
{
    private const string Example = """{ "url": "https://shop.example/zweizeiler", "types": ["job.delivered", "job.question", "job.expired"] }""";

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/webhook-endpoints", HandleAsync)
        .SavesOnce()
        .RequireScope(Scope.Admin)
        .WithName("createWebhookEndpoint")
        .ShowsTag()
        .ShowsLocation()
        .WithTags("Webhooks")
        .WithSummary("Create a webhook endpoint")
        .WithDescription("Events of the key's mode (live or test) are sent there from now on, signed as Standard Webhooks says. The answer has an `ETag`.")
        .WithRequestExample("endpoint", "What a shop wants to know", Example)
        .Produces<NewWebhookEndpointView>(StatusCodes.Status201Created);

    private static async Task<Answer> HandleAsync(
        Body<CreateWebhookEndpointRequest> body,
        NotificationsDbContext db,
        Caller caller,
        WebhookSecrets secrets,
        AddressGuard guard,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        Uri? url = null;
        if (string.IsNullOrWhiteSpace(body.Value.Url))
        {
            body.Faults.Add("/url", "field.required", "Give the address that events are to be sent to.");
        }
        else
        {
            url = EndpointRules.ReadUrl(body.Value.Url, caller.Mode, guard, body.Faults);
        }

        var types = EndpointRules.ReadTypes(body.Value.Types, body.Faults);
        if (await db.WebhookEndpoints.CountAsync(cancellationToken) >= WebhookEndpoint.MaxPerMerchant)
        {
            body.Faults.Add("", "webhook_endpoints.too_many", $"There may be {WebhookEndpoint.MaxPerMerchant} endpoints; delete one first.");
        }

        body.Faults.ThrowIfAny();

        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var (shown, sealedSecret, key) = secrets.Create(id);
        var endpoint = new WebhookEndpoint
        {
            Id = id,
            MerchantId = caller.MerchantId,
            Mode = caller.Mode,
            Url = url!.AbsoluteUri,
            Types = types,
            Secret = sealedSecret,
            SecretKey = key,
            CreatedAt = now,
        };
        endpoint.Changed(now);
        db.Add(endpoint);
        await db.SaveChangesAsync(cancellationToken);

        var view = WebhookEndpointView.Of(endpoint);
        return Answer.Created($"/v1/webhook-endpoints/{view.Id}", new NewWebhookEndpointView(view.Id, view.Url, view.Types, view.CreatedAt, shown)) with
        {
            ETag = Preconditions.Tag(endpoint.Version),
        };
    }
}

using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.SendWebhooks;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Notifications.Features.WebhookEndpoints;

/// <summary>What a new endpoint needs.</summary>
public sealed record CreateWebhookEndpointRequest(
    [property: Description("An https address of yours that answers 2xx within 15 seconds.")] string? Url,
    [property: Description("Event types to be sent, for example `job.delivered`; all if not given.")] IReadOnlyList<string>? Types);

/// <summary><c>POST /v1/webhook-endpoints</c></summary>
internal static class CreateWebhookEndpoint
{
    private const int MaxUrlLength = 2_000;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/webhook-endpoints", HandleAsync)
        .RequireScope(Scope.Admin)
        .WithName("createWebhookEndpoint")
        .WithTags("Webhooks")
        .WithSummary("Create a webhook endpoint")
        .WithDescription("Events of the key's mode (live or test) are sent there from now on, signed as Standard Webhooks says.")
        .Produces<NewWebhookEndpointView>(StatusCodes.Status201Created)
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);

    private static async Task<IResult> HandleAsync(
        Body<CreateWebhookEndpointRequest> body,
        NotificationsDbContext db,
        Caller caller,
        WebhookSecrets secrets,
        AddressGuard guard,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var url = ReadUrl(body.Value.Url, guard, body.Faults);
        var types = ReadTypes(body.Value.Types, body.Faults);
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
        db.Add(endpoint);
        await db.SaveChangesAsync(cancellationToken);

        var view = WebhookEndpointView.Of(endpoint);
        return TypedResults.Created($"/v1/webhook-endpoints/{view.Id}", new NewWebhookEndpointView(view.Id, view.Url, view.Types, view.CreatedAt, shown));
    }

    private static Uri? ReadUrl(string? text, AddressGuard guard, Faults faults)
    {
        const string At = "/url";
        if (string.IsNullOrWhiteSpace(text))
        {
            faults.Add(At, "field.required", "Give the address that events are to be sent to.");
        }
        else if (text.Length > MaxUrlLength || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.Host.Length == 0)
        {
            faults.Add(At, "url.invalid", $"Expected an absolute https address of at most {MaxUrlLength} characters.");
        }
        else if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            faults.Add(At, "url.invalid", "The address may contain neither user and password nor a fragment.");
        }
        else if (guard.RefusesLiteral(url))
        {
            faults.Add(At, "url.private", "Private, loopback and link-local addresses are not reached from here; give a public one.");
        }
        else if (url.Scheme != "https" && !guard.IsOpenedFor(url))
        {
            faults.Add(At, "url.not_https", "Events are sent by https only.");
        }
        else
        {
            return url;
        }

        return null;
    }

    private static List<string> ReadTypes(IReadOnlyList<string>? types, Faults faults)
    {
        for (var i = 0; i < types?.Count; i++)
        {
            if (!EventTypes.All.Contains(types[i]))
            {
                faults.Add($"/types/{i}", "type.unknown", $"Event types: {string.Join(", ", EventTypes.All)}.");
            }
        }

        return [.. (types ?? []).Distinct(StringComparer.Ordinal)];
    }
}

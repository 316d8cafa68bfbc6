using System.ComponentModel;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Idempotency;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Templates;

/// <summary>What is to be put into a template.</summary>
public sealed record RenderItem : IMayBeEmpty
{
    [Description("A value for each placeholder, by its name.")]
    public Dictionary<string, string>? Values { get; init; }
}

/// <summary>The finished text.</summary>
public sealed record RenderedView(string Text);

/// <summary><c>POST /v1/templates/{id}/render</c>: stores nothing; it takes an <c>Idempotency-Key</c> because every POST does.</summary>
internal sealed class RenderTemplate(OrdersDbContext db, Caller caller, Merchants merchants, TextVault vault)
{
    private const string Example = """
        { "values": { "customer": "Frau Martin", "orderNumber": "4711", "day": "Freitag" } }
        """;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/templates/{id}/render", (string id, Body<RenderItem> body, RenderTemplate render, CancellationToken cancellationToken) =>
            render.HandleAsync(id, body, cancellationToken))
        .SavesOnce()
        .RequireScope(Scope.Read)
        .WithName("renderTemplate")
        .WithTags("Templates")
        .WithSummary("Put values into a reply template")
        .WithDescription("Each placeholder needs a value, and there may be no others; each one that is missing or too many is a fault with its name.")
        .WithRequestExample("values", "A value for each placeholder", Example)
        .Produces<RenderedView>()
        .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status409Conflict, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);

    private async Task<Answer> HandleAsync(string id, Body<RenderItem> body, CancellationToken cancellationToken)
    {
        var template = await db.FindTemplateAsync(id, cancellationToken);
        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        var text = TemplateRules.Render("/values", TemplateView.TextOf(template, vault, merchant.DataKey), body.Value.Values, body.Faults);
        body.Faults.ThrowIfAny();
        return Answer.Ok(new RenderedView(text!));
    }
}

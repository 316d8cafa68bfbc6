using Zweizeiler.Orders.Features.Offers;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Templates;

/// <summary><c>PATCH</c> and <c>DELETE /v1/templates/{id}</c></summary>
internal static class EditTemplates
{
    private const string Example = """
        { "text": "Guten Tag {{customer}}, Ihr Paket zu Bestellung {{orderNumber}} kommt am {{day}}." }
        """;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPatch("/v1/templates/{id}", ChangeAsync)
            .RequireScope(Scope.Order)
            .WithName("updateTemplate")
            .ShowsTag()
            .WithTags("Templates")
            .WithSummary("Change a reply template")
            .WithDescription("What is not given stays as it is; null takes the language away.")
            .WithMetadata(Preconditions.IfMatch)
            .WithRequestExample("change", "A shorter text", Example)
            .Produces<TemplateView>()
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status412PreconditionFailed, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status428PreconditionRequired, ApiProblem.ContentType);
        app.MapDelete("/v1/templates/{id}", DeleteAsync)
            .RequireScope(Scope.Order)
            .WithName("deleteTemplate")
            .WithTags("Templates")
            .WithSummary("Delete a reply template")
            .WithDescription("Jobs that were placed with it keep their text.")
            .WithMetadata(Preconditions.IfMatch)
            .Produces(StatusCodes.Status204NoContent)
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status412PreconditionFailed, ApiProblem.ContentType)
            .Produces<ProblemBody>(StatusCodes.Status428PreconditionRequired, ApiProblem.ContentType);
    }

    private static async Task<IResult> ChangeAsync(
        string id, Body<TemplateChangeItem> body, OrdersDbContext db, Caller caller, Merchants merchants, PriceLists priceLists, TextVault vault, TimeProvider time,
        HttpContext http, CancellationToken cancellationToken)
    {
        var template = await db.FindTemplateAsync(id, cancellationToken);
        http.Request.RequireMatch(template.Version);
        var item = body.Value;
        TemplateRules.Check(item, body.Faults, (await priceLists.ActiveAsync(cancellationToken)).Languages);
        body.Faults.ThrowIfAny();

        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        template.Name = item.Name ?? template.Name;
        template.Language = item.Language switch { null => template.Language, "" => null, var given => given };
        if (item.Text is not null)
        {
            template.Text = vault.Seal(merchant.DataKey, template.Id, TextPurpose.Template, item.Text);
        }

        template.Changed(time.Now());
        await db.SaveEditAsync(cancellationToken);
        http.ShowTag(template.Version);
        return TypedResults.Ok(TemplateView.Of(template, vault, merchant.DataKey));
    }

    private static async Task<IResult> DeleteAsync(string id, OrdersDbContext db, HttpContext http, CancellationToken cancellationToken)
    {
        var template = await db.FindTemplateAsync(id, cancellationToken);
        http.Request.RequireMatch(template.Version);
        db.Templates.Remove(template);
        await db.SaveEditAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}

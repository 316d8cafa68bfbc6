using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Templates;

/// <summary><c>GET /v1/templates</c> and <c>GET /v1/templates/{id}</c></summary>
internal static class ReadTemplates
{
    private static readonly QueryParameters Parameters = new(QueryParameters.Limit, QueryParameters.Cursor);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/templates", ListAsync)
            .RequireScope(Scope.Read)
            .WithName("listTemplates")
            .WithTags("Templates")
            .WithSummary("List reply templates, the newest first")
            .WithMetadata(Parameters)
            .Produces<Page<TemplateView>>()
            .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);
        app.MapGet("/v1/templates/{id}", GetAsync)
            .RequireScope(Scope.Read)
            .WithName("getTemplate")
            .ShowsTag()
            .WithTags("Templates")
            .WithSummary("Get a reply template")
            .WithDescription("The answer has an `ETag`.")
            .Produces<TemplateView>()
            .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request, OrdersDbContext db, Caller caller, Merchants merchants, TextVault vault, Cursors cursors, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query, Parameters);
        var list = $"templates:{caller.Mode}";
        var limit = reader.Limit();
        var after = reader.Cursor(cursors, list, caller.MerchantId);
        reader.Faults.ThrowIfAny();

        var found = await db.Templates.AsNoTracking().PageAfter(after, limit).ToListAsync(cancellationToken);
        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        return TypedResults.Ok(Page.Of(
            found, limit, t => TemplateView.Of(t, vault, merchant.DataKey), t => t.Position(), c => cursors.Protect(list, caller.MerchantId, c)));
    }

    private static async Task<IResult> GetAsync(
        string id, OrdersDbContext db, Caller caller, Merchants merchants, TextVault vault, HttpContext http, CancellationToken cancellationToken)
    {
        var template = await db.FindTemplateAsync(id, cancellationToken);
        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        return http.OkUnlessKnown(TemplateView.Of(template, vault, merchant.DataKey), template.Version);
    }
}

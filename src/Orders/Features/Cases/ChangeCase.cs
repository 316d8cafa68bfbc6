using Zweizeiler.Orders.Features.Offers;
using Zweizeiler.Orders.Features.PlaceJob;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Cases;

/// <summary><c>PATCH /v1/cases/{id}</c>: also how a closed case is opened again.</summary>
internal static class ChangeCase
{
    private const string Example = """
        { "customer": { "name": "Mme Martin-Leroy" }, "state": "open" }
        """;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPatch("/v1/cases/{id}", HandleAsync)
        .RequireScope(Scope.Order)
        .WithName("updateCase")
        .ShowsTag()
        .WithTags("Cases")
        .WithSummary("Change a case")
        .WithDescription("What is not given stays as it is; null or an empty text takes a value away; `metadata` is replaced as a whole. Jobs that were placed keep what they took from the case. `\"state\": \"open\"` opens a closed case again.")
        .WithMetadata(Preconditions.IfMatch)
        .WithRequestExample("change", "The customer married; the case goes on", Example)
        .Produces<CaseView>()
        .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status412PreconditionFailed, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status428PreconditionRequired, ApiProblem.ContentType);

    private static async Task<IResult> HandleAsync(
        string id, Body<CaseChangeItem> body, OrdersDbContext db, Caller caller, Merchants merchants, PriceLists priceLists, TextVault vault, TimeProvider time,
        HttpContext http, CancellationToken cancellationToken)
    {
        var found = await db.FindCaseAsync(id, tracking: true, cancellationToken);
        http.Request.RequireMatch(found.Version);
        var item = body.Value;
        CaseRules.Check(item, body.Faults, (await priceLists.ActiveAsync(cancellationToken)).Languages);
        CaseRules.CheckPair(item.Language ?? found.Language, item.Customer?.Language ?? found.CustomerLanguage, body.Faults);
        body.Faults.OneOf("/state", item.State, "state.unknown", CaseStates.Open, CaseStates.Closed);
        body.Faults.ThrowIfAny();

        var now = time.Now();
        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        CaseEdit.Apply(found, item, vault, merchant.DataKey);
        if (item.State == CaseStates.Open)
        {
            found.Reopen();
        }
        else if (item.State == CaseStates.Closed)
        {
            found.Close(now);
        }

        found.Changed(now);
        await db.SaveEditAsync(cancellationToken);
        http.ShowTag(found.Version);
        return TypedResults.Ok(CaseView.Of(found, vault, merchant.DataKey));
    }
}

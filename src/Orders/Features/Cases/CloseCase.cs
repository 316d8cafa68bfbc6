using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Idempotency;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Cases;

/// <summary>Nothing has to be said on closing.</summary>
public sealed record CloseCaseItem : IMayBeEmpty;

/// <summary><c>POST /v1/cases/{id}/close</c>: needs no <c>If-Match</c>, since it means the same whatever else was changed. Closing twice is no error.</summary>
internal sealed class CloseCase(OrdersDbContext db, Caller caller, Merchants merchants, TextVault vault, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/cases/{id}/close", (string id, Body<CloseCaseItem> body, CloseCase close, CancellationToken cancellationToken) =>
            close.HandleAsync(id, body, cancellationToken))
        .SavesOnce()
        .RequireScope(Scope.Order)
        .WithName("closeCase")
        .ShowsTag()
        .WithTags("Cases")
        .WithSummary("Close a case")
        .WithDescription("A closed case takes no more jobs; those that it has go on. Closing twice is no error. To open it again, change its `state`.")
        .Produces<CaseView>()
        .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status409Conflict, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);

    private async Task<Answer> HandleAsync(string id, Body<CloseCaseItem> body, CancellationToken cancellationToken)
    {
        body.Faults.ThrowIfAny();
        if (PublicId.TryParse(Ids.Case, id, out var caseId))
        {
            // Two that close at once wait for each other, instead of one of them failing on the other's version.
            await db.Database.BeginTransactionAsync(cancellationToken);
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM cases WHERE id = {caseId} FOR UPDATE", cancellationToken);
        }

        var found = await db.FindCaseAsync(id, tracking: true, cancellationToken);
        var now = time.Now();
        if (found.Close(now))
        {
            found.Changed(now);
        }

        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        return Answer.Ok(CaseView.Of(found, vault, merchant.DataKey)) with { ETag = Preconditions.Tag(found.Version) };
    }
}

using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Cases;

/// <summary><c>GET /v1/cases</c>: the newest first, page by page.</summary>
internal static class ListCases
{
    private static readonly QueryParameters Parameters = new(
        QueryParameters.Limit,
        QueryParameters.Cursor,
        new("reference", "Only cases with exactly this reference."),
        new("state", "Only cases in this state: open or closed.") { Values = [CaseStates.Open, CaseStates.Closed] },
        new("created[from]", "Only cases created at this time or later (ISO 8601)."),
        new("created[to]", "Only cases created before this time (ISO 8601)."));

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/v1/cases", HandleAsync)
        .RequireScope(Scope.Read)
        .WithName("listCases")
        .WithTags("Cases")
        .WithSummary("List cases, the newest first")
        .WithDescription("Without their threads.")
        .WithMetadata(Parameters)
        .Produces<Page<CaseView>>()
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);

    private static async Task<IResult> HandleAsync(
        HttpRequest request, OrdersDbContext db, Caller caller, Merchants merchants, TextVault vault, Cursors cursors, CancellationToken cancellationToken)
    {
        var reader = new QueryReader(request.Query, Parameters);
        var list = reader.Filtered($"cases:{caller.Mode}");
        var limit = reader.Limit();
        var after = reader.Cursor(cursors, list, caller.MerchantId);
        var reference = reader.Text("reference");
        var open = reader.Value("state", "One of: open, closed.", s => s switch { CaseStates.Open => true, CaseStates.Closed => false, _ => (bool?)null });
        var from = reader.Time("created[from]");
        var to = reader.Time("created[to]");
        reader.Faults.ThrowIfAny();

        var cases = db.Cases.AsNoTracking();
        cases = reference is null ? cases : cases.Where(c => c.Reference == reference);
        cases = open is null ? cases : cases.Where(c => c.ClosedAt == null == open);
        cases = from is null ? cases : cases.Where(c => c.CreatedAt >= from);
        cases = to is null ? cases : cases.Where(c => c.CreatedAt < to);
        var found = await cases.PageAfter(after, limit).ToListAsync(cancellationToken);
        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        return TypedResults.Ok(Page.Of(
            found, limit, c => CaseView.Of(c, vault, merchant.DataKey), c => c.Position(), c => cursors.Protect(list, caller.MerchantId, c)));
    }
}

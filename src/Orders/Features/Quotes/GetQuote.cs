using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.Quotes;

/// <summary><c>GET /v1/quotes/{id}</c></summary>
internal static class GetQuote
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/v1/quotes/{id}", HandleAsync)
        .RequireScope(Scope.Quote)
        .WithName("getQuote")
        .WithTags("Quotes")
        .WithSummary("Get a quote")
        .WithDescription("Kept for 30 days after it expired.")
        .Produces<QuoteView>()
        .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);

    private static async Task<IResult> HandleAsync(string id, OrdersDbContext db, CancellationToken cancellationToken)
    {
        var quote = PublicId.TryParse(Ids.Quote, id, out var quoteId)
            ? await db.Quotes.AsNoTracking().SingleOrDefaultAsync(q => q.Id == quoteId, cancellationToken)
            : null;
        return quote is null ? CommonProblems.NotFound("quote") : TypedResults.Ok(QuoteView.Of(quote));
    }
}

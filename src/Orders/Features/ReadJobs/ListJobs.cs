using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.ReadJobs;

/// <summary><c>GET /v1/jobs</c>: the newest first, page by page; a page neither skips nor repeats what was there before.</summary>
internal static class ListJobs
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/v1/jobs", HandleAsync)
        .RequireScope(Scope.Read)
        .WithName("listJobs")
        .WithTags("Jobs")
        .WithSummary("List jobs, the newest first")
        .WithMetadata(JobListQuery.Parameters)
        .Produces<Page<JobView>>()
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);

    private static async Task<IResult> HandleAsync(
        HttpRequest request, OrdersDbContext db, Caller caller, Cursors cursors, Expander expander, CancellationToken cancellationToken)
    {
        // A cursor of live jobs is none for test jobs.
        var query = JobListQuery.Read(request.Query, cursors, $"jobs:{caller.Mode}", caller.MerchantId);
        var found = await query.Filter(db.Jobs.AsNoTracking())
            .PageAfter(query.After, query.Limit)
            .ToListAsync(cancellationToken);
        var page = Page.Of(
            found, query.Limit, j => j, j => j.Position(), cursor => cursors.Protect(query.List, caller.MerchantId, cursor));
        return TypedResults.Ok(new Page<JobView>(await expander.ViewsAsync(page.Data, query.Expansion, cancellationToken), page.NextCursor));
    }
}

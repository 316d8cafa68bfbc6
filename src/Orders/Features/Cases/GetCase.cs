using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Conversation;
using Zweizeiler.Orders.Features.ReadJobs;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Cases;

/// <summary><c>GET /v1/cases/{id}</c>: the case with its thread.</summary>
internal static class GetCase
{
    /// <summary>So many jobs a thread shows; older ones are found in the list of jobs.</summary>
    private const int ThreadJobs = 100;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/v1/cases/{id}", HandleAsync)
        .RequireScope(Scope.Read)
        .WithName("getCase")
        .ShowsTag()
        .WithTags("Cases")
        .WithSummary("Get a case with its thread")
        .WithDescription("The thread shows the newest 100 jobs, what was asked, answered and delivered, in the order in which it happened; `GET /v1/jobs?case=…` lists all jobs. The `ETag` changes with the thread too; as `If-Match` it still fits as long as nobody has changed the case itself.")
        .Produces<CaseView>()
        .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);

    private static async Task<IResult> HandleAsync(
        string id, OrdersDbContext db, Caller caller, Merchants merchants, TextVault vault, HttpContext http, CancellationToken cancellationToken)
    {
        var found = await db.FindCaseAsync(id, tracking: false, cancellationToken);
        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        var jobs = await db.Jobs.AsNoTracking()
            .Where(j => j.CaseId == found.Id)
            .OrderByDescending(j => j.CreatedAt).ThenByDescending(j => j.Id)
            .Take(ThreadJobs)
            .ToListAsync(cancellationToken);
        Guid[] ids = [.. jobs.Select(j => j.Id)];
        var deliveries = await db.DeliveriesOfAsync(ids, merchant, vault, cancellationToken);
        var messages = await db.MessagesOfAsync(ids, merchant, vault, cancellationToken);

        var view = CaseView.Of(found, vault, merchant.DataKey) with { Thread = ThreadOf(jobs, deliveries, messages) };
        return http.OkUnlessKnown(view, Preconditions.Tag(found.Version, view));
    }

    private static List<ThreadEntry> ThreadOf(List<Job> jobs, ILookup<Guid, DeliveryView> deliveries, ILookup<Guid, MessageView> messages)
    {
        var entries = new List<ThreadEntry>();
        foreach (var job in jobs)
        {
            var id = PublicId.Format(Ids.Job, job.Id);
            entries.Add(new ThreadEntry("job", job.CreatedAt, id) { Job = JobView.Of(job) });
            entries.AddRange(deliveries[job.Id].Select(d => new ThreadEntry("delivery", d.DeliveredAt, id) { Delivery = d }));
            entries.AddRange(messages[job.Id].Select(m => new ThreadEntry("message", m.SentAt, id) { Message = m }));
        }

        // Jobs of one request have one time, and later ids.
        return [.. entries.OrderBy(e => e.At).ThenBy(e => e.JobId, StringComparer.Ordinal)];
    }
}

internal static class CaseQueries
{
    /// <exception cref="ApiException">The caller has no such case (404).</exception>
    public static async Task<Case> FindCaseAsync(this OrdersDbContext db, string id, bool tracking, CancellationToken cancellationToken)
    {
        var cases = tracking ? db.Cases : db.Cases.AsNoTracking();
        var found = PublicId.TryParse(Ids.Case, id, out var caseId) ? await cases.SingleOrDefaultAsync(c => c.Id == caseId, cancellationToken) : null;
        return found ?? throw new ApiException(CommonProblems.NotFound("case"));
    }
}

using MassTransit;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Features.ReadJobs;
using Zweizeiler.Orders.Idempotency;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;

namespace Zweizeiler.Orders.Features.CancelJob;

/// <summary>There is nothing to say on cancelling.</summary>
public sealed record CancelItem : IMayBeEmpty;

/// <summary><c>POST /v1/jobs/{id}/cancel</c>: passes the wish on to the marketplace, which knows who came first.</summary>
internal sealed class CancelJob(OrdersDbContext db, IPublishEndpoint publish, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/jobs/{id}/cancel", (string id, Body<CancelItem> body, CancelJob cancel, CancellationToken cancellationToken) =>
            cancel.HandleAsync(id, body, cancellationToken))
        .SavesOnce()
        .RequireScope(Scope.Order)
        .WithName("cancelJob")
        .WithTags("Jobs")
        .WithSummary("Cancel a job")
        .WithDescription("Possible until the job is delivered; free before a translator has claimed it, half of the net price afterwards. The answer says that it was asked for (`cancellationRequestedAt`); soon after, the job is `cancelled`, or a delivery came first and the event `job.cancellation_refused` tells so. To ask again changes nothing.")
        .WithRequestExample("empty", "Nothing needs to be said", "{}")
        .Produces<JobView>(StatusCodes.Status202Accepted)
        .ProducesRefusals();

    private async Task<Answer> HandleAsync(string id, Body<CancelItem> body, CancellationToken cancellationToken)
    {
        var job = await db.LockOwnAsync(id, cancellationToken);
        body.Faults.ThrowIfAny();
        var now = time.Now();
        if (job.RequestCancellation(now))
        {
            await publish.Publish(new CancellationRequested(job.Id, job.MerchantId, now), cancellationToken);
            await publish.PublishStepsAsync(job, cancellationToken);
        }

        return new Answer(StatusCodes.Status202Accepted, JobView.Of(job));
    }
}

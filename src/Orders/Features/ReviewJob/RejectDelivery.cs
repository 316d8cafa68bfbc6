using MassTransit;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Features.ReadJobs;
using Zweizeiler.Orders.Idempotency;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;

namespace Zweizeiler.Orders.Features.ReviewJob;

/// <summary><c>POST /v1/jobs/{id}/reject</c>: the merchant does not want to pay for it; a second translator rules.</summary>
internal sealed class RejectDelivery(OrdersDbContext db, IPublishEndpoint publish, Objections objections, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/jobs/{id}/reject", (string id, Body<ObjectionItem> body, RejectDelivery reject, CancellationToken cancellationToken) =>
            reject.HandleAsync(id, body, cancellationToken))
        .SavesOnce()
        .RequireScope(Scope.Order)
        .WithName("rejectDelivery")
        .WithTags("Jobs")
        .WithSummary("Reject a delivery")
        .WithDescription("Possible while the job is `in_review`, and while it is `in_revision` once `job.delayed` has told that the revision is overdue; the passages are those of the newest delivery. Needs a reason and at least one passage. The translator can answer, and a second translator rules: either the delivery stands and the job is `accepted`, or it is `refunded` and nothing is charged. To have something changed, request a revision.")
        .WithRequestExample("passage", "A sentence that says something else", ReviewExamples.Rejection)
        .Produces<JobView>()
        .ProducesRefusals();

    private async Task<Answer> HandleAsync(string id, Body<ObjectionItem> body, CancellationToken cancellationToken)
    {
        var job = await db.LockOwnAsync(id, cancellationToken);
        var objection = await objections.CheckAsync(job, body, ObjectionNeeds.ReasonAndPassage, cancellationToken);
        var now = time.Now();
        job.Reject(now);
        await publish.Publish(
            new DeliveryRejected(
                job.Id, job.MerchantId, job.DeliveryId!.Value, job.TranslatorId!.Value,
                await objections.SealAsync(job, objection, cancellationToken), now),
            cancellationToken);
        await publish.PublishStepsAsync(job, cancellationToken);
        return Answer.Ok(JobView.Of(job));
    }
}

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

/// <summary><c>POST /v1/jobs/{id}/revision</c>: something is to be changed; it goes back to the one who wrote it.</summary>
internal sealed class RequestRevision(OrdersDbContext db, IPublishEndpoint publish, Objections objections, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/jobs/{id}/revision", (string id, Body<ObjectionItem> body, RequestRevision revision, CancellationToken cancellationToken) =>
            revision.HandleAsync(id, body, cancellationToken))
        .SavesOnce()
        .RequireScope(Scope.Order)
        .WithName("requestRevision")
        .WithTags("Jobs")
        .WithSummary("Have a delivery revised")
        .WithDescription("Possible while the job is `in_review`, and free within the brief. Give a note, a reason or passages. The 48 hours after which a delivery is accepted by itself stand still until the revised delivery is there; then what was left of them goes on.")
        .WithRequestExample("passage", "A greeting that is too familiar", ReviewExamples.Revision)
        .Produces<JobView>()
        .ProducesRefusals();

    private async Task<Answer> HandleAsync(string id, Body<ObjectionItem> body, CancellationToken cancellationToken)
    {
        var job = await db.LockOwnAsync(id, cancellationToken);
        var objection = await objections.CheckAsync(job, body, ObjectionNeeds.Anything, cancellationToken);
        var now = time.Now();
        job.RequestRevision(now);
        await publish.Publish(
            new RevisionRequested(
                job.Id, job.MerchantId, job.DeliveryId!.Value, job.TranslatorId!.Value,
                await objections.SealAsync(job, objection, cancellationToken), now),
            cancellationToken);
        await publish.PublishStepsAsync(job, cancellationToken);
        return Answer.Ok(JobView.Of(job));
    }
}

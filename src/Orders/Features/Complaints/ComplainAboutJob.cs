using MassTransit;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Features.ReviewJob;
using Zweizeiler.Orders.Idempotency;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;

namespace Zweizeiler.Orders.Features.Complaints;

/// <summary><c>POST /v1/jobs/{id}/complaint</c>: something is wrong with what was accepted. A corrected delivery comes first.</summary>
internal sealed class ComplainAboutJob(OrdersDbContext db, IPublishEndpoint publish, Objections objections, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/jobs/{id}/complaint", (string id, Body<ObjectionItem> body, ComplainAboutJob complain, CancellationToken cancellationToken) =>
            complain.HandleAsync(id, body, cancellationToken))
        .SavesOnce()
        .RequireScope(Scope.Order)
        .WithName("complainAboutJob")
        .ShowsLocation()
        .WithTags("Complaints")
        .WithSummary("Complain about an accepted delivery")
        .WithDescription("Possible for 30 days after acceptance, one complaint at a time. The translator has 24 hours for a corrected delivery; if none comes, what the job cost is credited. The job stays `accepted`.")
        .WithRequestExample("complaint", "A product's name that nobody knows", ReviewExamples.Complaint)
        .Produces<ComplaintView>(StatusCodes.Status201Created)
        .ProducesRefusals();

    private async Task<Answer> HandleAsync(string id, Body<ObjectionItem> body, CancellationToken cancellationToken)
    {
        var job = await db.LockOwnAsync(id, cancellationToken);
        var objection = await objections.CheckAsync(job, body, ObjectionNeeds.Reason, cancellationToken);
        var now = time.Now();
        var complaint = job.Complain(Guid.CreateVersion7(now), now);
        var content = await objections.SealAsync(job, objection, cancellationToken);
        db.Complaints.Add(complaint);
        db.ComplaintTexts.Add(new ComplaintText { ComplaintId = complaint.Id, Content = content });
        await publish.Publish(
            new ComplaintReceived(
                job.Id, job.MerchantId, complaint.Id, complaint.DeliveryId, complaint.TranslatorId, content, complaint.CorrectionDueAt, now),
            cancellationToken);
        await publish.PublishStepsAsync(job, cancellationToken);
        return Answer.Created($"/v1/jobs/{id}/complaint", ComplaintView.Of(complaint, objection));
    }
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.PlaceJob;
using Zweizeiler.Orders.Features.ReviewJob;
using Zweizeiler.Orders.Idempotency;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;

namespace Zweizeiler.Orders.Features.Complaints;

/// <summary>Whether the corrected delivery is what was wanted.</summary>
public sealed record CloseComplaintItem
{
    [Description("False has a second translator rule on it."), Required]
    public bool? Satisfied { get; init; }

    [Description("What is still wrong; the translators read it."), MaxLength(Objections.NoteLength)]
    public string? Note { get; init; }
}

/// <summary><c>POST /v1/jobs/{id}/complaint/close</c>: the merchant is content, or a second translator has to rule.</summary>
internal sealed class CloseComplaint(OrdersDbContext db, IPublishEndpoint publish, Objections objections, TimeProvider time)
{
    private const string Example = """{ "satisfied": false, "note": "The second sentence still promises a refund." }""";

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/v1/jobs/{id}/complaint/close", (string id, Body<CloseComplaintItem> body, CloseComplaint close, CancellationToken cancellationToken) =>
            close.HandleAsync(id, body, cancellationToken))
        .SavesOnce()
        .RequireScope(Scope.Order)
        .WithName("closeComplaint")
        .WithTags("Complaints")
        .WithSummary("Close a complaint")
        .WithDescription("Once a corrected delivery is there: with `satisfied: true` the complaint is over, with `false` a second translator rules on it. Before that it can be closed as satisfied only.")
        .WithRequestExample("contested", "Not even the corrected delivery is right", Example)
        .Produces<ComplaintView>()
        .ProducesRefusals();

    private async Task<Answer> HandleAsync(string id, Body<CloseComplaintItem> body, CancellationToken cancellationToken)
    {
        var job = await db.LockOwnAsync(id, cancellationToken);
        if (body.Value.Satisfied is null)
        {
            body.Faults.Add("/satisfied", "field.required", "This field is required: true or false.");
        }

        body.Faults.Text("/note", body.Value.Note, Objections.NoteLength);
        body.Faults.ThrowIfAny();
        var complaint = await db.ComplaintOfAsync(job, cancellationToken)
            ?? throw new JobStateException(job.State, JobCommand.CloseComplaint, job.Possible(time.Now()));

        var now = time.Now();
        job.Close(complaint, body.Value.Satisfied!.Value, now);
        var objection = await objections.OpenAsync(complaint, cancellationToken);
        if (complaint.State == ComplaintState.Contested)
        {
            // The passages were those of the first text; the corrected one is another.
            var contested = new ObjectionContent(objection.Reason, body.Value.Note ?? objection.Note, []);
            await publish.Publish(
                new ComplaintContested(
                    job.Id, job.MerchantId, complaint.Id, job.DeliveryId!.Value, complaint.CorrectorId!.Value,
                    await objections.SealAsync(job, contested, cancellationToken), now),
                cancellationToken);
        }

        if (complaint.State == ComplaintState.Satisfied)
        {
            await publish.Publish(
                new ComplaintSatisfied(job.Id, job.MerchantId, complaint.Id, complaint.TranslatorId, now), cancellationToken);
        }

        await publish.PublishStepsAsync(job, cancellationToken);
        return Answer.Ok(ComplaintView.Of(complaint, objection));
    }
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.ReviewJob;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.Complaints;

/// <summary><c>GET /v1/jobs/{id}/complaint</c>: the newest complaint about a job.</summary>
internal static class GetComplaint
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/v1/jobs/{id}/complaint", HandleAsync)
        .RequireScope(Scope.Read)
        .WithName("getComplaint")
        .WithTags("Complaints")
        .WithSummary("Get a complaint")
        .WithDescription("The newest complaint about the job, and what became of it.")
        .Produces<ComplaintView>()
        .Produces<ProblemBody>(StatusCodes.Status404NotFound, ApiProblem.ContentType);

    private static async Task<IResult> HandleAsync(string id, OrdersDbContext db, Objections objections, CancellationToken cancellationToken)
    {
        var job = PublicId.TryParse(Ids.Job, id, out var jobId)
            ? await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == jobId, cancellationToken)
            : null;
        if (job is null)
        {
            return CommonProblems.NotFound("job");
        }

        var complaint = await db.Complaints.AsNoTracking().SingleOrDefaultAsync(c => c.Id == job.ComplaintId, cancellationToken);
        return complaint is null
            ? CommonProblems.NotFound("complaint")
            : TypedResults.Ok(ComplaintView.Of(complaint, await objections.OpenAsync(complaint, cancellationToken)));
    }
}

/// <summary>A complaint and what became of it.</summary>
public sealed record ComplaintView(
    string Id,
    [property: AllowedValues("open", "corrected", "contested", "satisfied", "credited", "dismissed")] string State,
    [property: AllowedValues("meaning", "omission", "language", "terminology", "tone", "brief", "other")] string Reason,
    string? Note,
    IReadOnlyList<PassageView> Passages,
    DateTimeOffset ReceivedAt,
    [property: Description("Until when a corrected delivery can come; afterwards what the job cost is credited.")] DateTimeOffset CorrectionDueAt,
    [property: Description("When it was over: satisfied, credited or dismissed.")] DateTimeOffset? DecidedAt)
{
    public static ComplaintView Of(Complaint complaint, ObjectionContent objection) => new(
        PublicId.Format(Ids.Complaint, complaint.Id),
        complaint.State.Name(),
        objection.Reason,
        objection.Note,
        [.. objection.Passages.Select(p => new PassageView(p.Start, p.End, p.Note))],
        complaint.ReceivedAt,
        complaint.CorrectionDueAt,
        complaint.DecidedAt);
}

/// <summary>A place in the delivered text, in UTF-16 code units.</summary>
public sealed record PassageView(int Start, int End, string? Note);

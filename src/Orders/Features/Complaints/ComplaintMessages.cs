using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;

namespace Zweizeiler.Orders.Features.Complaints;

internal static class ComplaintMessages
{
    /// <summary>The newest complaint about a job whose row is locked, and with it the complaint; null if there is none.</summary>
    public static async Task<Complaint?> ComplaintOfAsync(this OrdersDbContext db, Job job, CancellationToken cancellationToken) =>
        // The job was found for this merchant already; consumers have no caller for the filter.
        job.ComplaintId is { } id
            ? await db.Complaints.IgnoreQueryFilters().SingleAsync(c => c.Id == id && c.JobId == job.Id, cancellationToken)
            : null;

    /// <summary>A complaint was decided without the merchant: money moves if it was found right.</summary>
    public static async Task PublishDecidedAsync(
        this IPublishEndpoint publish, Job job, Complaint complaint, bool byRuling, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (complaint.State == ComplaintState.Credited)
        {
            await publish.Publish(
                new ComplaintCredited(job.Id, job.MerchantId, complaint.Id, complaint.TranslatorId, byRuling, at), cancellationToken);
        }

        await publish.PublishStepsAsync(job, cancellationToken);
    }
}

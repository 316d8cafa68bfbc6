using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Memory;

/// <summary>An earlier job of the same case, and what was delivered.</summary>
public sealed record EarlierJob(Job Job, JobContent? Content, Delivery Delivery, DeliveryContent Delivered);

/// <summary>What went before in the case that a job belongs to: the thread to the customer, for whoever works on its next piece.</summary>
public sealed class CaseThread(MarketplaceDbContext db, JobTextReader texts)
{
    private const int Most = 10;

    public async Task<IReadOnlyList<EarlierJob>> ReadAsync(Job job, CancellationToken cancellationToken)
    {
        if (job.CaseId is not { } caseId)
        {
            return [];
        }

        var rows = await (
            from earlier in db.Jobs.AsNoTracking()
            from delivery in db.Deliveries.Where(d => d.JobId == earlier.Id).OrderByDescending(d => d.Version).Take(1)
            join written in db.DeliveryTexts on delivery.Id equals written.DeliveryId
            from text in db.JobTexts.Where(t => t.JobId == earlier.Id).DefaultIfEmpty()
            where earlier.CaseId == caseId && earlier.MerchantId == job.MerchantId && earlier.Id != job.Id && earlier.PlacedAt <= job.PlacedAt
                && (earlier.State == JobState.InReview || earlier.State == JobState.InRevision || earlier.State == JobState.Accepted)
            orderby earlier.PlacedAt descending
            select new { earlier, delivery, Written = written.Content, Text = text.Content }).Take(Most).ToListAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return [];
        }

        var key = await texts.KeyAsync(job.MerchantId, cancellationToken);
        return
        [
            .. rows.OrderBy(r => r.earlier.PlacedAt).Select(r => new EarlierJob(
                r.earlier,
                r.Text is null ? null : texts.OpenContent(r.earlier.Id, key.Bytes, r.Text),
                r.delivery,
                texts.OpenDelivery(key, r.delivery.Id, r.Written))),
        ];
    }
}

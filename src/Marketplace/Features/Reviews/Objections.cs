using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Reviews;

/// <summary>Reads what the merchant objects to, for whoever may read it.</summary>
public sealed class Objections(MarketplaceDbContext db, JobTextReader texts)
{
    /// <summary>What is to be changed in work that comes back; null for work that is done the first time, or when the texts were erased.</summary>
    public async Task<ObjectionView?> ForAsync(WorkInHand work, CancellationToken cancellationToken)
    {
        if (work.Complaint is { DeliveryId: { } complained, Objection: { } complaint })
        {
            return await ViewAsync(work.Job, complained, complaint, cancellationToken);
        }

        var revised = await (
            from delivery in db.Deliveries.AsNoTracking()
            join text in db.DeliveryTexts on delivery.Id equals text.DeliveryId
            where delivery.JobId == work.Job.Id
            orderby delivery.Version descending
            select new { delivery.Id, text.Objection }).FirstOrDefaultAsync(cancellationToken);
        return revised is { Objection: { } objection } ? await ViewAsync(work.Job, revised.Id, objection, cancellationToken) : null;
    }

    public async Task<ObjectionView?> ViewAsync(Job job, Guid deliveryId, byte[] objection, CancellationToken cancellationToken) =>
        await KeyAsync(job, cancellationToken) is { } key && await DeliveryAsync(deliveryId, cancellationToken) is { } delivery
            ? ObjectionView.Of(texts.OpenObjection(key, deliveryId, objection), texts.OpenDelivery(key, deliveryId, delivery), job.Kind is JobKinds.Summary or JobKinds.Call ? job.MerchantLanguage : job.Target)
            : null;

    /// <summary>What she wrote last, to begin a revision or correction with.</summary>
    public async Task<DeliveryContent?> LastDeliveryAsync(Job job, CancellationToken cancellationToken)
    {
        var last = await (
            from delivery in db.Deliveries.AsNoTracking()
            join text in db.DeliveryTexts on delivery.Id equals text.DeliveryId
            where delivery.JobId == job.Id
            orderby delivery.Version descending
            select new { delivery.Id, text.Content }).FirstOrDefaultAsync(cancellationToken);
        return last is not null && await KeyAsync(job, cancellationToken) is { } key ? texts.OpenDelivery(key, last.Id, last.Content) : null;
    }

    /// <summary>The texts of the last two versions; nulls if there are not two.</summary>
    public async Task<(string? Before, string? After)> ChangesAsync(Job job, CancellationToken cancellationToken)
    {
        var last = await (
            from delivery in db.Deliveries.AsNoTracking()
            join text in db.DeliveryTexts on delivery.Id equals text.DeliveryId
            where delivery.JobId == job.Id
            orderby delivery.Version descending
            select new { delivery.Id, text.Content }).Take(2).ToListAsync(cancellationToken);
        return last is [var after, var before] && await KeyAsync(job, cancellationToken) is { } key
            ? (ObjectionView.TextOf(texts.OpenDelivery(key, before.Id, before.Content)), ObjectionView.TextOf(texts.OpenDelivery(key, after.Id, after.Content)))
            : (null, null);
    }

    private async Task<WrappedDataKey?> KeyAsync(Job job, CancellationToken cancellationToken) =>
        await db.MerchantKeys.Where(k => k.MerchantId == job.MerchantId).Select(k => k.DataKey).SingleOrDefaultAsync(cancellationToken) is { } key
            ? new WrappedDataKey(key)
            : null;

    private Task<byte[]?> DeliveryAsync(Guid deliveryId, CancellationToken cancellationToken) =>
        db.DeliveryTexts.Where(t => t.DeliveryId == deliveryId).Select(t => (byte[]?)t.Content).SingleOrDefaultAsync(cancellationToken);
}

using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Workbench;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Marketplace.Features.Jobs;

/// <summary>Opens and seals texts with our copy of the merchant's data key. The only place of the marketplace where texts become readable.</summary>
public sealed partial class JobTextReader(MarketplaceDbContext db, TextVault vault)
{
    public JobContent OpenContent(Guid jobId, byte[] dataKey, byte[] content) =>
        vault.Open<JobContent>(new WrappedDataKey(dataKey), jobId, TextPurpose.JobContent, new SealedText(content));

    /// <summary>What may be seen before the job is taken; null when the text or the merchant's key was erased.</summary>
    public async Task<JobContent?> PreviewAsync(Job job, CancellationToken cancellationToken) =>
        await ContentAsync(job, cancellationToken) is { } content ? Preview.Of(content) : null;

    /// <summary>When the window of a call ends, which decides how long it is held.</summary>
    public async Task<DateTimeOffset?> CallWindowEndAsync(Guid jobId, Guid merchantId, CancellationToken cancellationToken) =>
        (await ContentAsync(jobId, merchantId, cancellationToken))?.Call?.To;

    /// <summary>All of it, for whoever works on the job; null when the text or the merchant's key was erased.</summary>
    public Task<JobContent?> ContentAsync(Job job, CancellationToken cancellationToken) => ContentAsync(job.Id, job.MerchantId, cancellationToken);

    private async Task<JobContent?> ContentAsync(Guid jobId, Guid merchantId, CancellationToken cancellationToken)
    {
        var found = await (
            from text in db.JobTexts.AsNoTracking()
            from key in db.MerchantKeys.AsNoTracking()
            where text.JobId == jobId && key.MerchantId == merchantId
            select new { text.Content, key.DataKey }).SingleOrDefaultAsync(cancellationToken);
        return found is null ? null : OpenContent(jobId, found.DataKey, found.Content);
    }

    public async Task<WrappedDataKey> KeyAsync(Guid merchantId, CancellationToken cancellationToken) =>
        new(await db.MerchantKeys.Where(k => k.MerchantId == merchantId).Select(k => k.DataKey).SingleAsync(cancellationToken));

    public DraftContent OpenDraft(WrappedDataKey key, Draft draft) =>
        vault.Open<DraftContent>(key, draft.JobId, TextPurpose.Draft, new SealedText(draft.Content));

    public byte[] SealDraft(WrappedDataKey key, Guid jobId, DraftContent draft) => vault.Seal(key, jobId, TextPurpose.Draft, draft).Bytes;

    public SealedText SealDelivery(WrappedDataKey key, Guid deliveryId, DeliveryContent content) =>
        vault.Seal(key, deliveryId, TextPurpose.DeliveryContent, content);

    public DeliveryContent OpenDelivery(WrappedDataKey key, Guid deliveryId, byte[] content) =>
        vault.Open<DeliveryContent>(key, deliveryId, TextPurpose.DeliveryContent, new SealedText(content));

    public byte[] SealConfirmations(WrappedDataKey key, Guid deliveryId, IReadOnlyList<Confirmation> confirmations) =>
        vault.Seal(key, deliveryId, Confirmation.Purpose, confirmations).Bytes;

    public string OpenThanks(WrappedDataKey key, Guid deliveryId, byte[] thanks) =>
        vault.Open<string>(key, deliveryId, TextPurpose.Thanks, new SealedText(thanks));
}

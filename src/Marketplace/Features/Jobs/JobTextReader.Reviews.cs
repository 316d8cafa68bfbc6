using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Marketplace.Features.Jobs;

/// <summary>The texts of questions, revisions, complaints and disputes.</summary>
public sealed partial class JobTextReader
{
    public SealedText SealMessage(WrappedDataKey key, Guid messageId, string text) => vault.Seal(key, messageId, TextPurpose.Message, text);

    public string OpenMessage(WrappedDataKey key, Guid messageId, byte[] content) =>
        vault.Open<string>(key, messageId, TextPurpose.Message, new SealedText(content));

    public ObjectionContent OpenObjection(WrappedDataKey key, Guid deliveryId, byte[] objection) =>
        vault.Open<ObjectionContent>(key, deliveryId, TextPurpose.Objection, new SealedText(objection));

    public byte[] SealRejoinder(WrappedDataKey key, Guid deliveryId, string text) => vault.Seal(key, deliveryId, TextPurpose.Rejoinder, text).Bytes;

    public string OpenRejoinder(WrappedDataKey key, Guid deliveryId, byte[] rejoinder) =>
        vault.Open<string>(key, deliveryId, TextPurpose.Rejoinder, new SealedText(rejoinder));

    public SealedText SealRuling(WrappedDataKey key, Guid deliveryId, string reason) => vault.Seal(key, deliveryId, TextPurpose.Ruling, reason);

    public string OpenRuling(WrappedDataKey key, Guid deliveryId, byte[] ruling) =>
        vault.Open<string>(key, deliveryId, TextPurpose.Ruling, new SealedText(ruling));
}

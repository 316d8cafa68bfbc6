using Zweizeiler.Contracts;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Memory;

namespace Zweizeiler.Marketplace.Features.Jobs;

/// <summary>Earlier sentences of a merchant, and terms noted for her.</summary>
public sealed partial class JobTextReader
{
    public byte[] FingerprintSentence(WrappedDataKey key, string sentence) => vault.Fingerprint(key, MemoryEntry.Purpose, sentence);

    public byte[] SealPair(WrappedDataKey key, string purpose, Guid id, MemoryPair pair) => vault.Seal(key, id, purpose, pair).Bytes;

    public MemoryPair OpenPair(WrappedDataKey key, string purpose, Guid id, byte[] content) => vault.Open<MemoryPair>(key, id, purpose, new SealedText(content));
}

namespace Zweizeiler.Contracts;

/// <summary>A text that only holders of the merchant's data key can read: AES-256-GCM, bound to its purpose and owner.</summary>
/// <param name="Bytes">Format version (1 byte), nonce (12 bytes), tag (16 bytes), ciphertext of the UTF-8 text.</param>
/// <remarks>Texts cross the broker in no other form, so that a queue or an outbox row never holds a readable text.</remarks>
public sealed record SealedText(byte[] Bytes);

/// <summary>A merchant's data key, itself encrypted with the platform's master key.</summary>
/// <param name="Bytes">Format version (1 byte), nonce (12 bytes), tag (16 bytes), encrypted 256-bit key.</param>
public sealed record WrappedDataKey(byte[] Bytes);

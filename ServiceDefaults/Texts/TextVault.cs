using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Zweizeiler.Contracts;

namespace Zweizeiler.ServiceDefaults.Texts;

/// <summary>
/// Seals texts with the merchant's data key, and data keys with the platform's master key (AES-256-GCM, a random nonce each time).
/// Erasing a merchant's wrapped key, or the row of a text, erases the text and nothing else.
/// </summary>
/// <remarks>
/// Each sealed text is bound to its owner and purpose, so that a row copied to another job does not open there.
/// </remarks>
public sealed class TextVault
{
    private const byte FormatVersion = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int HeaderSize = 1 + NonceSize + TagSize;
    private const int KeySize = 32;

    private static readonly byte[] KeyPurpose = "zweizeiler data key"u8.ToArray();

    private readonly byte[] _masterKey;

    public TextVault(IConfiguration configuration)
        : this(configuration["Texts:MasterKey"] ?? "")
    {
    }

    public TextVault(string masterSecret)
    {
        if (masterSecret.Length < 32)
        {
            throw new InvalidOperationException("Texts:MasterKey must be set to a secret of at least 32 characters, the same for all services that hold texts.");
        }

        _masterKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(masterSecret), KeySize, info: "zweizeiler texts 1"u8.ToArray());
    }

    /// <summary>A new random data key for a merchant.</summary>
    public WrappedDataKey CreateDataKey() => new(Encrypt(_masterKey, RandomNumberGenerator.GetBytes(KeySize), KeyPurpose));

    /// <summary>Seals <paramref name="value"/> as JSON.</summary>
    public SealedText Seal<T>(WrappedDataKey dataKey, Guid owner, string purpose, T value) =>
        new(Encrypt(Unwrap(dataKey), JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web), Binding(owner, purpose)));

    /// <exception cref="CryptographicException">The text was tampered with, is bound to something else, or the key is not its key.</exception>
    public T Open<T>(WrappedDataKey dataKey, Guid owner, string purpose, SealedText text) =>
        JsonSerializer.Deserialize<T>(Decrypt(Unwrap(dataKey), text.Bytes, Binding(owner, purpose)), JsonSerializerOptions.Web)
        ?? throw new CryptographicException("The sealed text is empty.");

    /// <summary>
    /// Tells whether two values of one merchant are equal without keeping either: HMAC-SHA256 of <paramref name="value"/> as JSON, under a key
    /// derived from her data key. So the database alone says nothing about a text, not even to somebody who guesses it, and nobody can compare
    /// the texts of two merchants.
    /// </summary>
    /// <param name="dataKey">The merchant's data key.</param>
    /// <param name="purpose">What is compared; fingerprints for different purposes never match.</param>
    /// <param name="value">What is compared; what counts as equal must be serialised equally.</param>
    /// <returns>32 bytes.</returns>
    public byte[] Fingerprint<T>(WrappedDataKey dataKey, string purpose, T value)
    {
        // A key of its own: the one that encrypts is used for nothing else.
        var key = HKDF.Expand(HashAlgorithmName.SHA256, Unwrap(dataKey), KeySize, Encoding.UTF8.GetBytes($"zweizeiler fingerprint 1 {purpose}"));
        return HMACSHA256.HashData(key, JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web));
    }

    private byte[] Unwrap(WrappedDataKey dataKey) => Decrypt(_masterKey, dataKey.Bytes, KeyPurpose);

    private static byte[] Binding(Guid owner, string purpose) => Encoding.UTF8.GetBytes($"{purpose}:{owner:N}");

    private static byte[] Encrypt(byte[] key, ReadOnlySpan<byte> plain, byte[] binding)
    {
        var result = new byte[HeaderSize + plain.Length];
        result[0] = FormatVersion;
        var nonce = result.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, plain, result.AsSpan(HeaderSize), result.AsSpan(1 + NonceSize, TagSize), binding);
        return result;
    }

    private static byte[] Decrypt(byte[] key, byte[] cipher, byte[] binding)
    {
        if (cipher.Length < HeaderSize || cipher[0] != FormatVersion)
        {
            throw new CryptographicException("The sealed text has an unknown format.");
        }

        var plain = new byte[cipher.Length - HeaderSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(cipher.AsSpan(1, NonceSize), cipher.AsSpan(HeaderSize), cipher.AsSpan(1 + NonceSize, TagSize), plain, binding);
        return plain;
    }
}

/// <summary>What sealed texts are bound to; a text sealed for one purpose opens for no other.</summary>
public static class TextPurpose
{
    /// <summary>A job's content; owner is the job.</summary>
    public const string JobContent = "job-content";

    /// <summary>A delivery's content; owner is the delivery.</summary>
    public const string DeliveryContent = "delivery-content";

    /// <summary>A translator's draft; owner is the job.</summary>
    public const string Draft = "draft";

    /// <summary>A word of thanks; owner is the delivery.</summary>
    public const string Thanks = "thanks";

    /// <summary>A question, an answer or another message between merchant and translator; owner is the message.</summary>
    public const string Message = "message";

    /// <summary>Why a delivery is to be revised, is rejected or complained about; owner is the delivery.</summary>
    public const string Objection = "objection";

    /// <summary>A translator's answer to a rejection; owner is the delivery.</summary>
    public const string Rejoinder = "rejoinder";

    /// <summary>The reason of a ruling; owner is the delivery.</summary>
    public const string Ruling = "ruling";

    /// <summary>A case's customer; owner is the case.</summary>
    public const string Customer = "customer";

    /// <summary>A reply template; owner is the template.</summary>
    public const string Template = "template";

    /// <summary>A glossary's terms; owner is the glossary.</summary>
    public const string Glossary = "glossary";

    /// <summary>A merchant's default brief; owner is the merchant.</summary>
    public const string DefaultBrief = "default-brief";

    /// <summary>What a quote was made for; owner is the quote. Also of the fingerprints by which an order is compared with its quote.</summary>
    public const string Quote = "quote";

    /// <summary>The confidential part of an account notice; owner is the notice.</summary>
    public const string AccountNotice = "account-notice";

    /// <summary>A translator's tax details and bank account; owner is the translator.</summary>
    public const string TaxDetails = "tax-details";

    /// <summary>A translator's statement, and who she is on it; owner is the statement.</summary>
    public const string Statement = "statement";

    /// <summary>An order to the bank; owner is the order.</summary>
    public const string PaymentOrder = "payment-order";

    /// <summary>Who paid, and what she wrote; owner is the payment.</summary>
    public const string Payment = "payment";

    /// <summary>Of the fingerprints by which a text that was delivered before is known again.</summary>
    public const string Repetition = "repetition";
}

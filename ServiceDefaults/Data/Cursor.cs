using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Zweizeiler.ServiceDefaults.Data;

/// <summary>Where a page of a list ended: the last row's time and id, the order of every list.</summary>
public readonly record struct Cursor(DateTimeOffset CreatedAt, Guid Id);

/// <summary>Signs cursors for one list of one tenant, so that a cursor that was tampered with or belongs to somebody else is refused.</summary>
public sealed class Cursors
{
    private const int PayloadSize = 8 + 16;
    private const int SignatureSize = 16;

    private readonly byte[] _key;

    public Cursors(IConfiguration configuration)
    {
        var secret = configuration["Identity:SigningKey"] ?? throw new InvalidOperationException("Identity:SigningKey must be set.");
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, info: "zweizeiler cursors 1"u8.ToArray());
    }

    public string Protect(string list, Guid tenant, Cursor cursor)
    {
        Span<byte> bytes = stackalloc byte[PayloadSize + SignatureSize];
        BinaryPrimitives.WriteInt64BigEndian(bytes, cursor.CreatedAt.UtcTicks);
        cursor.Id.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        Sign(list, tenant, bytes[..PayloadSize], bytes[PayloadSize..]);
        return Base64Url.EncodeToString(bytes);
    }

    public bool TryUnprotect(string list, Guid tenant, string text, out Cursor cursor)
    {
        cursor = default;
        Span<byte> bytes = stackalloc byte[PayloadSize + SignatureSize];
        if (text.Length > 64
            // The decoder throws at some characters that are none of its own, and skips others.
            || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            || !Base64Url.IsValid(text, out var length)
            || length != bytes.Length
            || !Base64Url.TryDecodeFromChars(text, bytes, out _)
            // The last character has bits to spare: one cursor has one spelling.
            || Base64Url.EncodeToString(bytes) != text)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[SignatureSize];
        Sign(list, tenant, bytes[..PayloadSize], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, bytes[PayloadSize..]))
        {
            return false;
        }

        cursor = new Cursor(
            new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(bytes), TimeSpan.Zero),
            new Guid(bytes.Slice(8, 16), bigEndian: true));
        return true;
    }

    private void Sign(string list, Guid tenant, ReadOnlySpan<byte> payload, Span<byte> signature)
    {
        Span<byte> full = stackalloc byte[32];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{list}|{tenant:N}|{Convert.ToHexString(payload)}"), full);
        full[..SignatureSize].CopyTo(signature);
    }
}

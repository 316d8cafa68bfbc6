using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Zweizeiler.ServiceDefaults;

/// <summary>Ids as the public sees them: a prefix that says what it is, and the UUIDv7 in Crockford's base 32 (26 characters, sortable by time).</summary>
public static class PublicId
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Digits = 26;

    public static string Format(string prefix, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return string.Create(prefix.Length + 1 + Digits, (prefix, value), static (span, state) =>
        {
            state.prefix.CopyTo(span);
            span[state.prefix.Length] = '_';
            var rest = state.value;
            for (var i = span.Length - 1; i > state.prefix.Length; i--)
            {
                span[i] = Alphabet[(int)(rest & 31)];
                rest >>= 5;
            }
        });
    }

    public static string? Format(string prefix, Guid? id) => id is { } value ? Format(prefix, value) : null;

    public static bool TryParse(string prefix, [NotNullWhen(true)] string? text, out Guid id)
    {
        id = Guid.Empty;
        if (text is null
            || text.Length != prefix.Length + 1 + Digits
            || !text.StartsWith(prefix, StringComparison.Ordinal)
            || text[prefix.Length] != '_')
        {
            return false;
        }

        var value = UInt128.Zero;
        for (var i = prefix.Length + 1; i < text.Length; i++)
        {
            var digit = Alphabet.IndexOf(text[i], StringComparison.Ordinal);
            // 26 digits hold 130 bits: a first digit above 7 would overflow and give one id two spellings.
            if (digit < 0 || (i == prefix.Length + 1 && digit > 7))
            {
                return false;
            }

            value = (value << 5) | (uint)digit;
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        id = new Guid(bytes, bigEndian: true);
        return true;
    }
}

using System.Security.Cryptography;
using System.Text;

namespace Zweizeiler.Orders.Domain;

/// <summary>What lets a merchant's program in. Only the hash is kept; the key itself is shown once, when it is made.</summary>
public sealed class ApiKey : IListed
{
    /// <summary>So much of a key is shown in lists: the mode and four characters, to tell keys apart.</summary>
    private const int ShownCharacters = 12;

    public required Guid Id { get; init; }

    public required Guid MerchantId { get; init; }

    public required string Mode { get; init; }

    public required string Name { get; init; }

    /// <summary>Beginning of the key.</summary>
    public required string Prefix { get; init; }

    /// <summary>SHA-256 in hexadecimal; a random 256-bit key needs no slow hash.</summary>
    public required string Hash { get; init; }

    public required string[] Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How much its jobs may cost; null for as much as the merchant's balance covers.</summary>
    public SpendingLimit? SpendingLimit { get; init; }

    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>To the hour: that tells used from forgotten without a write for each request.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    public bool IsUsable(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || now < ExpiresAt);

    /// <summary>Returns whether the key was still in force.</summary>
    public bool Revoke(DateTimeOffset now)
    {
        if (RevokedAt is not null)
        {
            return false;
        }

        RevokedAt = now;
        return true;
    }

    /// <summary>A new key: 43 letters and digits hold 256 bits, and one click selects them all.</summary>
    public static string Generate(string mode) =>
        $"zz_{mode}_{RandomNumberGenerator.GetString("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", 43)}";

    public static ApiKey From(
        string key,
        Guid id,
        Guid merchantId,
        string name,
        IReadOnlyList<string> scopes,
        DateTimeOffset now,
        DateTimeOffset? expiresAt = null,
        SpendingLimit? spendingLimit = null)
    {
        return new ApiKey
        {
            Id = id,
            MerchantId = merchantId,
            Mode = ModeOf(key) ?? throw new ArgumentException("A key begins with zz_live_ or zz_test_.", nameof(key)),
            Name = name,
            Prefix = key[..ShownCharacters],
            Hash = HashOf(key),
            Scopes = [.. scopes],
            CreatedAt = now,
            ExpiresAt = expiresAt,
            SpendingLimit = spendingLimit,
        };
    }

    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static string? ModeOf(string key) =>
        key.Length <= ShownCharacters ? null
        : key.StartsWith("zz_live_", StringComparison.Ordinal) ? "live"
        : key.StartsWith("zz_test_", StringComparison.Ordinal) ? "test"
        : null;
}

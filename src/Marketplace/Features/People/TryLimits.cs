using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>How often one address of the network may try: so many at once, then one after another.</summary>
public sealed record TryRules
{
    public const string Section = "Tries";

    /// <summary>Wrong sign-ins.</summary>
    public int SignIn { get; init; } = 20;

    /// <summary>Applications, and mails for a new password.</summary>
    public int Mail { get; init; } = 10;

    /// <summary>After so long one more is free.</summary>
    public TimeSpan Refill { get; init; } = TimeSpan.FromSeconds(20);

    public TryRules Checked() => SignIn > 0 && Mail > 0 && Refill > TimeSpan.Zero
        ? this
        : throw new InvalidOperationException($"{Section}: SignIn and Mail more than zero, Refill longer than zero.");
}

/// <summary>
/// Counts what strangers try, for all replicas together. Tries that come at once may go below zero together; the debt is worked off like everything
/// else, so that trying in parallel gains nothing.
/// </summary>
public sealed class TryLimits(MarketplaceDbContext db, TryRules rules, TimeProvider time)
{
    public const string SignIn = "sign-in";
    public const string Mail = "mail";

    public async Task<bool> MayAsync(string what, HttpContext http, CancellationToken cancellationToken)
    {
        var key = Key(what, http);
        var seen = await db.Set<Tries>().AsNoTracking().SingleOrDefaultAsync(t => t.Key == key, cancellationToken);
        return seen is null || seen.Left + ((time.GetUtcNow() - seen.CountedAt) / rules.Refill) >= 1;
    }

    public Task CountAsync(string what, HttpContext http, CancellationToken cancellationToken)
    {
        var (key, most, now, refill) = (Key(what, http), (double)(what == SignIn ? rules.SignIn : rules.Mail), time.GetUtcNow(), rules.Refill.TotalSeconds);
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO tries AS t (key, "left", counted_at) VALUES ({key}, {most} - 1, {now})
            ON CONFLICT (key) DO UPDATE SET
              "left" = GREATEST(-{most} * 10, LEAST({most}, t."left" + GREATEST(0, extract(epoch FROM {now} - t.counted_at)) / {refill}) - 1),
              counted_at = {now}
            """,
            cancellationToken);
    }

    /// <summary>One address of IPv4, or one network of IPv6, which one person usually has whole.</summary>
    private static string Key(string what, HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        var bytes = address.IsIPv4MappedToIPv6 ? address.MapToIPv4().GetAddressBytes() : address.GetAddressBytes();
        var network = address.AddressFamily == AddressFamily.InterNetworkV6 && bytes.Length == 16 ? bytes[..8] : bytes;
        return Convert.ToBase64String(SHA256.HashData([.. Encoding.UTF8.GetBytes(what), 0, .. network]));
    }
}

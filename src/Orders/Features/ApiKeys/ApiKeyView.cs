using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.OpenApi;

namespace Zweizeiler.Orders.Features.ApiKeys;

/// <summary>An API key, without the key.</summary>
public record ApiKeyView(
    string Id,
    string Name,
    [property: Description("Beginning of the key; the whole key was shown once, when it was made.")] string Prefix,
    [property: AllowedValues("live", "test")] string Mode,
    [property: ValuesOf(typeof(Scope))] IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    [property: Description("To the hour; null if it was never used.")] DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt,
    [property: Description("Null if the key may spend whatever the balance covers.")] SpendingLimitView? SpendingLimit);

/// <summary>How much the key's jobs may cost, and how much of that is spent. Amounts are whole cents, tax included.</summary>
public sealed record SpendingLimitView(
    long Amount,
    string Currency,
    [property: ValuesOf(typeof(SpendingLimit), nameof(SpendingLimit.AllPeriods))] string Period,
    [property: Description("Spent in the present period. Jobs that were cancelled, expired or refunded, or await payment, do not count.")] long Spent,
    [property: Description("When the next period begins, by the clock of the merchant's time zone; null for a limit of all time.")] DateTimeOffset? ResetsAt);

/// <summary>Reads keys with what they have spent.</summary>
internal sealed class ApiKeyViews(OrdersDbContext db, Caller caller, Merchants merchants, TimeProvider time)
{
    public async Task<IReadOnlyList<ApiKeyView>> OfAsync(IReadOnlyList<ApiKey> keys, CancellationToken cancellationToken)
    {
        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(merchant.TimeZone);
        var now = time.GetUtcNow();
        var windows = Enum.GetValues<SpendingPeriod>().ToDictionary(period => period, period => SpendingWindow.At(period, now, zone));
        var limited = keys.Where(k => k.SpendingLimit is not null).Select(k => k.Id).ToList();
        var names = windows.Values.Select(w => w.Name).ToList();
        var spent = limited.Count == 0
            ? []
            : await db.KeySpending.AsNoTracking().Where(s => limited.Contains(s.KeyId) && names.Contains(s.SpentIn))
                .ToDictionaryAsync(s => (s.KeyId, s.SpentIn), s => s.Cents, cancellationToken);
        return [.. keys.Select(key => View(key, key.SpendingLimit is { } limit ? Limit(key.Id, limit) : null))];

        SpendingLimitView Limit(Guid key, SpendingLimit limit) => new(
            limit.Cents,
            limit.Currency,
            limit.PeriodName,
            spent.GetValueOrDefault((key, windows[limit.Period].Name)),
            windows[limit.Period].EndsAt);
    }

    private static ApiKeyView View(ApiKey k, SpendingLimitView? limit) => new(
        PublicId.Format(Ids.Key, k.Id), k.Name, k.Prefix, k.Mode, k.Scopes, k.CreatedAt, k.ExpiresAt, k.LastUsedAt, k.RevokedAt, limit);
}

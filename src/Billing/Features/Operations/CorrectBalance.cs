using Microsoft.EntityFrameworkCore;
using Npgsql;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Features.MonthEnd;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;

namespace Zweizeiler.Billing.Features.Operations;

/// <summary>A counter-entry: plus gives the merchant or translator something, minus takes it.</summary>
/// <param name="MerchantId">Whose balance; or else a translator.</param>
/// <param name="TranslatorId">Who is owed more or less.</param>
/// <param name="Cents">Not zero.</param>
/// <param name="Against"><c>platform_share</c>: the platform bears it. <c>unassigned</c>: money that came in and was nobody's. <c>clearing</c>: money moved at the bank.</param>
/// <param name="Reason">Why.</param>
public sealed record CorrectionItem(Guid? MerchantId, Guid? TranslatorId, long? Cents, string? Against, string? Reason);

/// <summary><c>PUT /operations/corrections/{id}</c>: the only way to correct the ledger. The same id again changes nothing.</summary>
internal static class CorrectBalance
{
    private static readonly Dictionary<string, AccountKey> Others = new(StringComparer.Ordinal)
    {
        ["platform_share"] = AccountKey.PlatformShare,
        ["unassigned"] = AccountKey.Unassigned,
        ["clearing"] = AccountKey.Clearing,
    };

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPut("/operations/corrections/{id:guid}", HandleAsync).RequireScope(Scope.Operator).WithName("correctBalance");

    private static async Task<IResult> HandleAsync(
        Guid id, Body<CorrectionItem> body, BillingDbContext db, Ledger ledger, OperatorActions actions, TimeProvider time, CancellationToken cancellationToken)
    {
        var (item, faults) = (body.Value, body.Faults);
        var reason = OperatorActions.Reason(item.Reason, faults);
        if (item.MerchantId is null == item.TranslatorId is null)
        {
            faults.Add("/merchantId", "field.required", "Give either merchantId or translatorId.");
        }

        if (item.Cents is null or 0 or > 10_000_000 or < -10_000_000)
        {
            faults.Add("/cents", "field.range", "Give 1 to 10,000,000 cents, or as many below zero.");
        }

        if (item.Against is null || !Others.ContainsKey(item.Against))
        {
            faults.Add("/against", "field.invalid", $"One of {string.Join(", ", Others.Keys)}.");
        }

        faults.ThrowIfAny();
        if (await db.OperatorActions.AnyAsync(a => a.Id == id, cancellationToken))
        {
            return TypedResults.NoContent();
        }

        var (own, other) = (item.MerchantId is { } merchant ? AccountKey.BalanceOf(merchant) : AccountKey.PayableTo(item.TranslatorId!.Value), Others[item.Against!]);
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        AccountKey[] keys = item.MerchantId is { } held ? [own, other, AccountKey.ReservedOf(held)] : [own, other];
        var accounts = await ledger.OpenAsync(cancellationToken, keys);
        actions.Note("correction", own.OwnerId!.Value, reason, id);
        var cause = new Cause("Correction", null, reason.Length <= 200 ? reason : reason[..200], now);
        ledger.Post(Entry.Of(
            EntryKind.Correction, id, null, item.MerchantId, cause, now, (accounts[own], item.Cents!.Value), (accounts[other], -item.Cents.Value)));
        if (item.MerchantId is { } corrected)
        {
            await OpenItems.SettleAsync(db, accounts, corrected, item.Cents.Value, null, cancellationToken);
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: "ck_balances_floor" })
        {
            faults.Add("/cents", "balance.insufficient", "The balance does not cover it: a merchant never goes below her limit.");
            faults.ThrowIfAny();
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Somebody else sent the same one at the same time.
        }

        return TypedResults.NoContent();
    }
}

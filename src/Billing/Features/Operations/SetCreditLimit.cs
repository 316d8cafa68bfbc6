using Microsoft.EntityFrameworkCore;
using Npgsql;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;

namespace Zweizeiler.Billing.Features.Operations;

/// <summary>How far a merchant's balance may go below zero; 0 for paying in advance.</summary>
public sealed record CreditLimitItem(long? Cents, string? Reason);

/// <summary><c>PUT /operations/merchants/{id}/credit-limit</c></summary>
internal static class SetCreditLimit
{
    private const long Highest = 10_000_000;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPut("/operations/merchants/{id:guid}/credit-limit", HandleAsync).RequireScope(Scope.Operator).WithName("setCreditLimit");

    private static async Task<IResult> HandleAsync(
        Guid id, Body<CreditLimitItem> body, BillingDbContext db, Ledger ledger, OperatorActions actions, TimeProvider time, CancellationToken cancellationToken)
    {
        var (item, faults) = (body.Value, body.Faults);
        var reason = OperatorActions.Reason(item.Reason, faults);
        if (item.Cents is null or < 0 or > Highest)
        {
            faults.Add("/cents", "field.range", $"Give 0 to {Highest} cents.");
        }

        if (!await db.Merchants.IgnoreQueryFilters().AnyAsync(m => m.Id == id, cancellationToken))
        {
            return OperatorActions.NotFound("merchant");
        }

        faults.ThrowIfAny();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var accounts = await ledger.OpenAsync(cancellationToken, AccountKey.BalanceOf(id));
        var action = actions.Note("credit_limit", id, reason);
        db.CreditLimits.Add(new CreditLimit
        {
            Id = action.Id,
            MerchantId = id,
            AccountId = accounts[AccountKey.BalanceOf(id)].Id,
            LimitCents = item.Cents!.Value,
            Reason = reason,
            SetBy = action.OperatorId,
            SetAt = time.GetUtcNow(),
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: "ck_balances_floor" })
        {
            faults.Add("/cents", "limit.below_debt", $"The merchant owes {-accounts.Balance(AccountKey.BalanceOf(id))} cents already; the limit cannot be lower.");
            faults.ThrowIfAny();
        }

        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}

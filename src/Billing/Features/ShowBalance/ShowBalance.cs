using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Features.ShowOpenInvoice;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.OpenApi;

namespace Zweizeiler.Billing.Features.ShowBalance;

/// <summary>A merchant's money. A test key sees zeros: no money moves in test mode.</summary>
[Description("Your money, in cents. In test mode everything is 0: no money moves.")]
public sealed record BalanceView(
    [property: Description("What you can still spend.")] long Available,
    [property: Description("What is set aside for jobs that are not done yet.")] long Reserved,
    [property: Description("ISO 4217.")] string Currency,
    [property: Description("What stands on this month's invoice so far; its lines are at /v1/invoices/open.")] OpenInvoiceSums OpenInvoice);

/// <summary><c>GET /v1/balance</c></summary>
internal static class ShowBalance
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/v1/balance", HandleAsync)
        .RequireScope(Scope.Read)
        .WithName("getBalance")
        .WithTags("Billing")
        .WithSummary("Get your balance")
        .Produces<BalanceView>()
        .WithResponseExample(200, "balance", "997.14 € left, one job under way", """
            {"available": 99714, "reserved": 286, "currency": "EUR",
             "openInvoice": {"month": "2026-11", "lines": 0, "net": 0, "tax": 0, "gross": 0, "currency": "EUR"}}
            """);

    private static async Task<IResult> HandleAsync(BillingDbContext db, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        var balances = await (
            from account in db.Accounts
            join balance in db.Balances on account.Id equals balance.AccountId
            where account.OwnerId == caller.MerchantId
            select new { account.Kind, balance.BalanceCents }).ToDictionaryAsync(b => b.Kind, b => b.BalanceCents, cancellationToken);
        return TypedResults.Ok(new BalanceView(
            balances.GetValueOrDefault(AccountKind.MerchantBalance),
            balances.GetValueOrDefault(AccountKind.MerchantReserved),
            "EUR",
            await OpenInvoiceSums.OfAsync(db, InvoiceMonth.Of(time.GetUtcNow()), cancellationToken)));
    }
}

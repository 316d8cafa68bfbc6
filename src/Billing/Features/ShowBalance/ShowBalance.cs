using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Features.BankFiles;
using Zweizeiler.Billing.Features.ShowOpenInvoice;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.OpenApi;

namespace Zweizeiler.Billing.Features.ShowBalance;

/// <summary>A merchant's money. A test key sees zeros: no money moves in test mode.</summary>
[Description("Your money, in cents. In test mode everything is 0: no money moves.")]
public sealed record BalanceView(
    [property: Description("What you can still spend: your balance, and your credit limit if you have a monthly account.")] long Available,
    [property: Description("What is set aside for jobs that are not done yet.")] long Reserved,
    [property: Description("What is yours; below zero is what you owe.")] long Balance,
    [property: Description("How far the balance may go below zero; 0 if you pay in advance.")] long CreditLimit,
    [property: Description("ISO 4217.")] string Currency,
    [property: Description("How to pay in by bank transfer; null in test mode, and until your account is known here.")] TopUpView? TopUp,
    [property: Description("What stands on this month's invoice so far; its lines are at /v1/invoices/open.")] OpenInvoiceSums OpenInvoice);

/// <summary>A transfer to this account with this reference comes onto your balance by itself, whatever its amount.</summary>
public sealed record TopUpView(string AccountHolder, string Iban, string Bic, [property: Description("ISO 11649; give it as it is.")] string Reference);

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
            {"available": 99714, "reserved": 286, "balance": 99714, "creditLimit": 0, "currency": "EUR",
             "topUp": {"accountHolder": "Zweizeiler GmbH", "iban": "DE02120300000000202051", "bic": "BYLADEM1001", "reference": "RF79ZK10001"},
             "openInvoice": {"month": "2026-11", "lines": 0, "net": 0, "tax": 0, "gross": 0, "currency": "EUR"}}
            """);

    private static async Task<IResult> HandleAsync(
        BillingDbContext db, Caller caller, IOptions<Seller> seller, TimeProvider time, CancellationToken cancellationToken)
    {
        var balances = await (
            from account in db.Accounts
            join balance in db.Balances on account.Id equals balance.AccountId
            where account.OwnerId == caller.MerchantId
            select new { account.Kind, balance.BalanceCents, balance.FloorCents }).ToDictionaryAsync(b => b.Kind, cancellationToken);
        var own = balances.GetValueOrDefault(AccountKind.MerchantBalance);
        var limit = -(own?.FloorCents ?? 0);
        var merchant = await db.Merchants.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var us = seller.Value;
        return TypedResults.Ok(new BalanceView(
            (own?.BalanceCents ?? 0) + limit,
            balances.GetValueOrDefault(AccountKind.MerchantReserved)?.BalanceCents ?? 0,
            own?.BalanceCents ?? 0,
            limit,
            "EUR",
            merchant is null || us.Iban.Length == 0 ? null : new TopUpView(us.Name, us.Iban, us.Bic, TopUps.ReferenceOf(merchant)),
            await OpenInvoiceSums.OfAsync(db, InvoiceMonth.Of(time.GetUtcNow()), cancellationToken)));
    }
}

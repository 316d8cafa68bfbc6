using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Persistence;

namespace Zweizeiler.Billing.Features.MonthEnd;

/// <summary>
/// What of a merchant's invoices is open. The balance decides: a merchant who pays in advance never owes anything, one with a monthly account owes what
/// her balance is below zero without what is set aside and what was charged and no invoice names yet. So credits and top-ups pay invoices too.
/// </summary>
internal static class OpenItems
{
    /// <summary>What is owed for what invoices name.</summary>
    public static async Task<long> OwedAsync(BillingDbContext db, OpenAccounts accounts, Guid merchant, long movedCents, CancellationToken cancellationToken)
    {
        var notInvoiced = await db.Database.SqlQuery<long>(
            $"""
            SELECT coalesce(sum(net_cents + CASE WHEN tax_category = 'S' THEN round(net_cents * tax_rate / 100) ELSE 0 END), 0)::bigint AS "Value"
            FROM invoice_lines WHERE merchant_id = {merchant} AND invoice_id IS NULL AND kind = 'charge'
            """).SingleAsync(cancellationToken);
        var balance = accounts.Balance(AccountKey.BalanceOf(merchant)) + accounts.Balance(AccountKey.ReservedOf(merchant)) + movedCents;
        return Math.Max(0, -(balance + notInvoiced));
    }

    public static Task<List<Invoice>> OpenAsync(BillingDbContext db, Guid merchant, CancellationToken cancellationToken) =>
        db.Invoices.IgnoreQueryFilters().Where(i => i.MerchantId == merchant && i.OpenCents > 0).OrderBy(i => i.IssuedOn).ThenBy(i => i.Number)
            .ToListAsync(cancellationToken);

    /// <summary>Settles what is covered: first the invoice that a payment names, then the oldest. The merchant's balance must be held.</summary>
    public static async Task SettleAsync(
        BillingDbContext db, OpenAccounts accounts, Guid merchant, long movedCents, Guid? first, CancellationToken cancellationToken)
    {
        var open = await OpenAsync(db, merchant, cancellationToken);
        if (open.Count == 0)
        {
            return;
        }

        var covered = open.Sum(i => i.OpenCents) - await OwedAsync(db, accounts, merchant, movedCents, cancellationToken);
        foreach (var invoice in open.OrderByDescending(i => i.Id == first))
        {
            covered -= covered > 0 ? invoice.Settle(covered) : 0;
        }
    }
}

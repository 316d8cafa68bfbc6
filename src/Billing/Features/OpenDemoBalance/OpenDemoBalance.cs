using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Billing.Features.OpenDemoBalance;

/// <summary>Books the demo merchant's opening balance, once: money at the bank against what she can spend.</summary>
internal static class OpenDemoBalance
{
    public static async Task RunAsync(BillingDbContext db, Ledger ledger, DemoMerchant merchant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var done = await db.Entries.IgnoreQueryFilters()
            .AnyAsync(e => e.SubjectId == merchant.Id && e.Kind == EntryKind.Opening, cancellationToken);
        if (done || merchant.OpeningBalanceCents <= 0)
        {
            return;
        }

        var balance = AccountKey.BalanceOf(merchant.Id);
        var accounts = await ledger.OpenAsync(cancellationToken, AccountKey.Clearing, balance);
        ledger.Post(Entry.Of(
            EntryKind.Opening, merchant.Id, null, merchant.Id, new Cause("migrate", null, "Opening balance of the demo", now), now,
            (accounts[AccountKey.Clearing], -merchant.OpeningBalanceCents),
            (accounts[balance], merchant.OpeningBalanceCents)));
    }
}

using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts.Billing;

namespace Zweizeiler.Billing.Features.BankFiles;

/// <summary>A payout that came back is owed again, and nothing more is sent to that account until the translator gives new details.</summary>
internal sealed class ReturnPayouts(BillingDbContext db, Ledger ledger, IPublishEndpoint publish, TimeProvider time)
{
    /// <summary>The payout of an end-to-end id, held until the transaction ends; null if there is none.</summary>
    public async Task<Payout?> FindAsync(string? endToEndId, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(endToEndId, "N", out _))
        {
            return null;
        }

        var name = endToEndId.ToLowerInvariant();
        return (await db.Payouts.FromSql($"SELECT * FROM payouts WHERE end_to_end_id = {name} FOR UPDATE").ToListAsync(cancellationToken)).SingleOrDefault();
    }

    /// <returns>False if it had come back before.</returns>
    public async Task<bool> ReturnAsync(Payout payout, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!payout.TryReturn(reason, now))
        {
            return false;
        }

        var payable = AccountKey.PayableTo(payout.TranslatorId);
        var accounts = await ledger.OpenAsync(cancellationToken, AccountKey.Clearing, payable);
        ledger.Post(Entry.Of(
            EntryKind.PayoutReturn, payout.Id, null, null, new Cause("ImportBankFile", null, "The payout came back", now), now,
            (accounts[AccountKey.Clearing], -payout.Cents), (accounts[payable], payout.Cents)));
        var translator = await db.Translators.SingleAsync(t => t.Id == payout.TranslatorId, cancellationToken);
        translator.AccountRefused = true;
        await publish.Publish(new PayoutReturned(payout.Id, payout.TranslatorId, payout.Cents, "EUR", reason, now), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}

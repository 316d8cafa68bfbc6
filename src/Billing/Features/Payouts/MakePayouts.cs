using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Features.KeepTranslators;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Billing.Features.Payouts;

/// <summary>
/// Pays out what is owed, once a translator and week: booking, payment order and message in one transaction. What the order says to pay is what left the
/// ledger's accounts, to the cent.
/// </summary>
internal sealed class MakePayouts(BillingDbContext db, Ledger ledger, TextVault vault, IPublishEndpoint publish, IOptions<Seller> seller, TimeProvider time)
{
    /// <summary>A payment order that banks take without asking, and that fits into memory.</summary>
    private const int MostInOrder = 1000;
    private const long PayoutLock = 0x5A57_0004;

    /// <summary>Makes one payment order. Null if nobody is to be paid any more this week.</summary>
    public async Task<PayoutBatch?> NextAsync(DateOnly week, CancellationToken cancellationToken)
    {
        var us = seller.Value.Complete();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // One at a time, so that orders are numbered, and nobody is looked at twice.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({PayoutLock})", cancellationToken);
        var translators = await DueAsync(week, us.MinimumPayoutCents, cancellationToken);
        if (translators.Count == 0)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var accounts = await ledger.OpenAsync(cancellationToken, [AccountKey.Clearing, .. translators.Select(t => AccountKey.PayableTo(t.Id))]);
        var (batchId, orders) = (Guid.CreateVersion7(now), new List<TransferOrder>());
        foreach (var translator in translators)
        {
            // As it is now that it is held; it may have become less since it was looked for.
            var cents = accounts.Balance(AccountKey.PayableTo(translator.Id));
            if (cents >= us.MinimumPayoutCents)
            {
                orders.Add(await PayAsync(translator, cents, batchId, week, accounts, now, cancellationToken));
            }
        }

        if (orders.Count == 0)
        {
            return null;
        }

        var batch = await KeepAsync(batchId, week, orders, us, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return batch;
    }

    private Task<List<Translator>> DueAsync(DateOnly week, long minimum, CancellationToken cancellationToken) => db.Translators.FromSql(
        $"""
        SELECT t.* FROM translators t
        JOIN accounts a ON a.owner_id = t.id AND a.kind = 'translator_payable'
        JOIN balances b ON b.account_id = a.id
        WHERE b.balance_cents >= {minimum} AND t.details IS NOT NULL AND cardinality(t.details_faults) = 0 AND NOT t.account_refused
          AND NOT EXISTS (SELECT 1 FROM payouts p WHERE p.translator_id = t.id AND p.week = {week})
        ORDER BY t.id LIMIT {MostInOrder} FOR UPDATE OF t
        """).ToListAsync(cancellationToken);

    private async Task<TransferOrder> PayAsync(
        Translator translator, long cents, Guid batch, DateOnly week, OpenAccounts accounts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var details = TranslatorBook.Open(vault, translator)!;
        var iban = Iban.Normalise(details.Iban);
        var id = Guid.CreateVersion7(now);
        var payout = new Payout
        {
            Id = id,
            TranslatorId = translator.Id,
            BatchId = batch,
            Week = week,
            Cents = cents,
            // 32 characters, where the bank has room for 35.
            EndToEndId = id.ToString("N"),
            AccountHint = iban[^4..],
            SentAt = now,
        };
        db.Payouts.Add(payout);
        ledger.Post(Entry.Of(
            EntryKind.Payout, payout.Id, null, null, new Cause("MakePayouts", null, "Paid out", now), now,
            (accounts[AccountKey.PayableTo(translator.Id)], -cents), (accounts[AccountKey.Clearing], cents)));
        await publish.Publish(new PayoutSent(payout.Id, translator.Id, cents, "EUR", now), cancellationToken);
        return new TransferOrder(
            payout.EndToEndId, cents, details.AccountHolder, details.Street, details.PostCode, details.City, details.Country, iban,
            details.Bic is { Length: > 0 } bic ? Iban.Normalise(bic) : null,
            translator.Locale == "de" ? $"Zweizeiler Auszahlung {translator.SupplierNo}" : $"Zweizeiler payout {translator.SupplierNo}");
    }

    private async Task<PayoutBatch> KeepAsync(
        Guid id, DateOnly week, List<TransferOrder> orders, Seller us, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = vault.CreateDataKey();
        var batch = new PayoutBatch
        {
            Id = id,
            Week = week,
            Number = 1 + await db.PayoutBatches.CountAsync(b => b.Week == week, cancellationToken),
            MessageId = id.ToString("N"),
            Count = orders.Count,
            Cents = orders.Sum(o => o.Cents),
            FileKey = key.Bytes,
            CreatedAt = now,
        };
        db.PayoutBatches.Add(batch);
        var order = PaymentOrderWriter.Write(batch.MessageId, orders, us, now);
        db.Documents.Add(StoredDocument.Of(
            id, DocumentForm.PaymentOrder, vault.Seal(key, id, TextPurpose.PaymentOrder, order).Bytes, InvoiceMonth.Day(now), now));
        return batch;
    }
}

/// <summary>Pays out every Friday from six in the morning; who could not be paid then is as soon as she can.</summary>
internal sealed class PayoutRounds(IServiceScopeFactory scopes, TimeProvider time, ILogger<PayoutRounds> logger)
    : Rounds(TimeSpan.FromMinutes(10), time, logger)
{
    private readonly TimeProvider _time = time;

    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        var week = Weeks.PaidAt(_time.GetUtcNow());
        PayoutBatch? made;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            made = await scope.ServiceProvider.GetRequiredService<MakePayouts>().NextAsync(week, cancellationToken);
        }
        while (made is not null);
    }
}

/// <summary>Weeks as payouts count them.</summary>
internal static class Weeks
{
    private const int Hour = 6;
    private const int DaysToFriday = 4;

    /// <summary>The Monday of the last week whose Friday morning has come.</summary>
    public static DateOnly PaidAt(DateTimeOffset now)
    {
        var today = InvoiceMonth.Day(now);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return now >= InvoiceMonth.At(monday.AddDays(DaysToFriday), Hour) ? monday : monday.AddDays(-7);
    }

    /// <summary>The next Friday on which payouts are made.</summary>
    public static DateTimeOffset NextAfter(DateTimeOffset now) => InvoiceMonth.At(PaidAt(now).AddDays(7 + DaysToFriday), Hour);
}

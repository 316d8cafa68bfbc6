using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Features.MonthEnd;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Billing.Features.BankFiles;

/// <summary>Books what came in: on the merchant whom reference and amount name, or where a person looks for its owner.</summary>
internal sealed class BookPayments(BillingDbContext db, Ledger ledger, TextVault vault, IPublishEndpoint publish, TimeProvider time)
{
    /// <summary>Within the import's transaction. Null if the booking is known already.</summary>
    public async Task<Payment?> BookAsync(Guid file, IncomingBooking booking, CancellationToken cancellationToken)
    {
        if (await db.Payments.IgnoreQueryFilters().AnyAsync(p => p.BankKey == booking.Key, cancellationToken))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var (id, key) = (Guid.CreateVersion7(now), vault.CreateDataKey());
        var payment = new Payment
        {
            Id = id,
            BankKey = booking.Key,
            FileId = file,
            Cents = booking.Cents,
            BookedOn = booking.BookedOn,
            References = booking.References,
            Details = vault.Seal(key, id, TextPurpose.Payment, booking.Details).Bytes,
            DetailsKey = key.Bytes,
            ImportedAt = now,
        };
        db.Payments.Add(payment);
        var match = await PaymentMatch.FindAsync(db, booking, cancellationToken);
        if (match.Merchant is { } merchant)
        {
            await BookAsync(payment, merchant, match.Invoice, EntryKind.Payment, AccountKey.Clearing, "Bank transfer", cancellationToken);
        }
        else
        {
            payment.Keep(match.Finding!);
            var accounts = await ledger.OpenAsync(cancellationToken, AccountKey.Clearing, AccountKey.Unassigned);
            ledger.Post(Entry.Of(
                EntryKind.Payment, payment.Id, null, null, new Cause("ImportBankFile", null, "Bank transfer that names nobody", now), now,
                (accounts[AccountKey.Clearing], -payment.Cents), (accounts[AccountKey.Unassigned], payment.Cents)));
        }

        // The next one of the same merchant sees what this one did.
        await db.SaveChangesAsync(cancellationToken);
        return payment;
    }

    /// <summary>A person says whose it is.</summary>
    public async Task AssignAsync(Payment payment, Guid merchant, Invoice? invoice, CancellationToken cancellationToken) =>
        await BookAsync(payment, merchant, invoice, EntryKind.Assignment, AccountKey.Unassigned, "Bank transfer, assigned by a person", cancellationToken);

    /// <summary>A person sends it back; the bank does it by her order.</summary>
    public async Task SendBackAsync(Payment payment, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var accounts = await ledger.OpenAsync(cancellationToken, AccountKey.Clearing, AccountKey.Unassigned);
        payment.SendBack(now);
        ledger.Post(Entry.Of(
            EntryKind.PaymentReturn, payment.Id, null, null, new Cause("ReturnPayment", null, "Bank transfer, sent back by a person", now), now,
            (accounts[AccountKey.Unassigned], -payment.Cents), (accounts[AccountKey.Clearing], payment.Cents)));
    }

    private async Task BookAsync(
        Payment payment, Guid merchant, Invoice? invoice, EntryKind kind, AccountKey from, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var accounts = await ledger.OpenAsync(cancellationToken, from, AccountKey.BalanceOf(merchant), AccountKey.ReservedOf(merchant));
        ledger.Post(Entry.Of(
            kind, payment.Id, null, merchant, new Cause("ImportBankFile", null, reason, now), now,
            (accounts[from], -payment.Cents), (accounts[AccountKey.BalanceOf(merchant)], payment.Cents)));
        if (kind == EntryKind.Assignment)
        {
            payment.Assign(merchant, invoice?.Id, now);
        }
        else
        {
            payment.Book(merchant, invoice?.Id);
        }

        await OpenItems.SettleAsync(db, accounts, merchant, payment.Cents, invoice?.Id, cancellationToken);
        await publish.Publish(new PaymentReceived(payment.Id, merchant, invoice?.Number, payment.Cents, "EUR", now), cancellationToken);
    }
}

/// <summary>Whose a booking is, or why that cannot be said.</summary>
internal sealed record PaymentMatch(Guid? Merchant, Invoice? Invoice, string? Finding)
{
    public static async Task<PaymentMatch> FindAsync(BillingDbContext db, IncomingBooking booking, CancellationToken cancellationToken)
    {
        if (booking.ReturnReason is not null)
        {
            return Unknown("return.unknown");
        }

        var found = new List<PaymentMatch>();
        foreach (var reference in booking.References)
        {
            if (await db.Invoices.IgnoreQueryFilters().SingleOrDefaultAsync(i => i.PaymentReference == reference && i.Kind == InvoiceKind.Invoice, cancellationToken)
                is { } invoice)
            {
                found.Add(OfInvoice(invoice, booking.Cents));
            }
            else if (TopUps.CustomerOf(reference) is { } number
                && await db.Merchants.IgnoreQueryFilters().Where(m => m.CustomerNumber == number).Select(m => (Guid?)m.Id).SingleOrDefaultAsync(cancellationToken)
                is { } merchant)
            {
                found.Add(new PaymentMatch(merchant, null, null));
            }
        }

        return found switch
        {
            [] => Unknown(booking.References.Count == 0 ? "reference.missing" : "reference.unknown"),
            [var one] => one,
            _ => Unknown("reference.several"),
        };
    }

    /// <summary>Reference and amount must both fit: a person looks at what is paid twice, in part, or too much.</summary>
    private static PaymentMatch OfInvoice(Invoice invoice, long cents) => invoice switch
    {
        { State: InvoiceState.Cancelled or InvoiceState.Voided } => Unknown("invoice.cancelled"),
        { OpenCents: 0 } => Unknown("invoice.settled"),
        _ when invoice.OpenCents != cents => Unknown("amount.differs"),
        _ => new PaymentMatch(invoice.MerchantId, invoice, null),
    };

    private static PaymentMatch Unknown(string finding) => new(null, null, finding);
}

/// <summary>The reference with which a merchant pays in.</summary>
internal static class TopUps
{
    private const string Prefix = "ZK";
    private const int Base = 10_000;

    public static string ReferenceOf(Merchant merchant) => CreditorReference.Of(Prefix + merchant.CustomerNo);

    public static long? CustomerOf(string reference) =>
        reference[4..].StartsWith(Prefix, StringComparison.Ordinal)
        && long.TryParse(reference[(4 + Prefix.Length)..], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number - Base
            : null;
}

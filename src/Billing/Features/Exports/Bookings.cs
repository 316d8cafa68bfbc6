using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Features.Exports;

/// <summary>One booking for the bookkeeper: gross cents on an account against another.</summary>
/// <param name="Cents">Gross, more than nothing.</param>
/// <param name="DebitAccount">Where it is booked to (Soll).</param>
/// <param name="CreditAccount">Where it is booked from (Haben).</param>
/// <param name="Day">Of the paper or of the bank.</param>
/// <param name="Number">Of the paper.</param>
/// <param name="Text">For people.</param>
/// <param name="Party">Whose, for a finding.</param>
internal sealed record Booking(long Cents, string DebitAccount, string CreditAccount, DateOnly Day, string Number, string Text, string Party);

/// <summary>What a month's papers and bank movements are to the bookkeeper, by the usual chart of accounts (SKR 03).</summary>
internal static class Bookings
{
    private const string Bank = "1200";
    private const string Rounding = "4970";
    private const string Unassigned = "1590";

    public static async Task<IReadOnlyList<Booking>> OfAsync(BillingDbContext db, DateOnly month, CancellationToken cancellationToken)
    {
        var bookings = new List<Booking>();
        var (from, until) = (InvoiceMonth.At(month, 0), InvoiceMonth.At(month.AddMonths(1), 0));
        var (first, next) = (month, month.AddMonths(1));
        var names = await db.Merchants.IgnoreQueryFilters().AsNoTracking()
            .Select(m => new { m.Id, m.CustomerNumber, Name = m.BookName ?? m.LegalName ?? m.Name })
            .ToDictionaryAsync(m => m.Id, m => (Number: FormattableString.Invariant($"{10_000 + m.CustomerNumber}"), m.Name), cancellationToken);
        // By the day of the paper: that is when revenue and tax are booked.
        await foreach (var invoice in db.Invoices.IgnoreQueryFilters().AsNoTracking()
            .Where(i => i.IssuedOn >= first && i.IssuedOn < next && i.State != InvoiceState.Voided).OrderBy(i => i.Number).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var name = names[invoice.MerchantId].Name;
            foreach (var tax in invoice.Taxes)
            {
                var (debtor, revenue) = (invoice.CustomerNumber, RevenueAccount(tax));
                bookings.Add(new Booking(
                    tax.NetCents + tax.TaxCents, invoice.IsCredit ? revenue : debtor, invoice.IsCredit ? debtor : revenue, invoice.IssuedOn, invoice.Number, name, name));
            }

            if (invoice.RoundingCents != 0)
            {
                var bears = invoice.RoundingCents < 0 != (invoice.Kind == InvoiceKind.Cancellation);
                bookings.Add(new Booking(
                    Math.Abs(invoice.RoundingCents), bears || invoice.Kind == InvoiceKind.CreditNote ? Rounding : invoice.CustomerNumber,
                    bears || invoice.Kind == InvoiceKind.CreditNote ? invoice.CustomerNumber : Rounding, invoice.IssuedOn, invoice.Number, name, name));
            }
        }

        var suppliers = await db.Translators.AsNoTracking().ToDictionaryAsync(t => t.Id, t => t.SupplierNo, cancellationToken);
        await foreach (var statement in db.Statements.AsNoTracking()
            .Where(s => s.IssuedOn >= first && s.IssuedOn < next).OrderBy(s => s.Number).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            bookings.AddRange(statement.Taxes.Select(tax => new Booking(
                tax.NetCents + tax.TaxCents, ServicesAccount(tax), statement.SupplierNumber, statement.IssuedOn, statement.Number, statement.SupplierNumber,
                statement.SupplierNumber)));
        }

        await foreach (var payment in db.Payments.IgnoreQueryFilters().AsNoTracking()
            .Where(p => p.BookedOn >= first && p.BookedOn < next).OrderBy(p => p.BookedOn).ThenBy(p => p.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var who = payment.MerchantId is { } merchant && names.TryGetValue(merchant, out var known) ? known : (Number: Unassigned, Name: "ungeklärt");
            bookings.Add(new Booking(
                payment.Cents, Bank, who.Number, payment.BookedOn, payment.References.Count > 0 ? payment.References[0] : "", who.Name, who.Name));
        }

        await foreach (var payment in db.Payments.IgnoreQueryFilters().AsNoTracking()
            .Where(p => p.State == PaymentState.Returned && p.AssignedAt >= from && p.AssignedAt < until).OrderBy(p => p.AssignedAt).ThenBy(p => p.Id)
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            bookings.Add(new Booking(
                payment.Cents, Unassigned, Bank, InvoiceMonth.Day(payment.AssignedAt!.Value), payment.References.Count > 0 ? payment.References[0] : "",
                "Rücküberweisung", "ungeklärt"));
        }

        await foreach (var payout in db.Payouts.AsNoTracking()
            .Where(p => p.SentAt >= from && p.SentAt < until).OrderBy(p => p.SentAt).ThenBy(p => p.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var supplier = suppliers[payout.TranslatorId];
            bookings.Add(new Booking(payout.Cents, supplier, Bank, InvoiceMonth.Day(payout.SentAt), supplier, $"Auszahlung {supplier}", supplier));
        }

        await foreach (var payout in db.Payouts.AsNoTracking()
            .Where(p => p.State == PayoutState.Returned && p.SettledAt >= from && p.SettledAt < until).OrderBy(p => p.SettledAt).AsAsyncEnumerable()
            .WithCancellation(cancellationToken))
        {
            var supplier = suppliers[payout.TranslatorId];
            bookings.Add(new Booking(payout.Cents, Bank, supplier, InvoiceMonth.Day(payout.SettledAt!.Value), supplier, $"Rückläufer {supplier}", supplier));
        }

        return bookings;
    }

    // Automatic accounts: DATEV takes the tax out of the gross amount by itself.
    private static string RevenueAccount(TaxSum tax) => tax.Category switch
    {
        TaxCategory.S => "8400",
        TaxCategory.AE => "8336",
        TaxCategory.O => "8338",
        _ => "8200",
    };

    private static string ServicesAccount(TaxSum tax) => tax.Category switch
    {
        TaxCategory.S => "3106",
        TaxCategory.AE => "3123",
        _ => "3100",
    };
}

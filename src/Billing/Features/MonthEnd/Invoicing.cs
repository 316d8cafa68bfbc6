using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Features.MonthEnd;

/// <summary>The sums of an invoice before it has a number.</summary>
/// <param name="Kind">Invoice, credit note or cancellation.</param>
/// <param name="OutsideScope">Whether it is about what is outside the scope of tax.</param>
/// <param name="LineCount">Number of its lines.</param>
/// <param name="Taxes">Positive on a credit note too.</param>
/// <param name="RoundingCents">On an invoice zero or less: what the platform bears. On a credit note zero or more: what was given back beyond it.</param>
/// <param name="DifferenceCents">The paper's tax minus that of its jobs, seen from the ledger.</param>
internal sealed record InvoiceDraft(InvoiceKind Kind, bool OutsideScope, int LineCount, IReadOnlyList<TaxSum> Taxes, long RoundingCents, long DifferenceCents)
{
    public long GrossCents => Taxes.Sum(t => t.NetCents + t.TaxCents);

    public long PayableCents => GrossCents + RoundingCents;
}

internal static class Invoicing
{
    private const int RemindAfterDays = 3;
    private const int RemindAt = 9;

    public static InvoiceDraft Draft(InvoiceLineKind kind, IReadOnlyList<InvoiceLine> lines)
    {
        var sign = kind == InvoiceLineKind.CreditNote ? -1 : 1;
        var taxed = lines.Select(l => (TaxTreatment.Restore(Enum.Parse<TaxCategory>(l.TaxCategory), l.TaxRate), sign * l.NetCents)).ToList();
        var taxes = PaperSums.TaxesOf(taxed);
        var difference = sign * (taxes.Sum(t => t.TaxCents) - PaperSums.TaxesOfJobs(taxed));
        return new InvoiceDraft(
            kind == InvoiceLineKind.CreditNote ? InvoiceKind.CreditNote : InvoiceKind.Invoice,
            taxes[0].Category == TaxCategory.O,
            lines.Count,
            taxes,
            // Nobody pays more than the sum of what was quoted (promise 1), and what was given back is not asked for again.
            difference > 0 ? -sign * difference : 0,
            difference);
    }

    /// <summary>
    /// The tax office gets what the paper says. The jobs were charged with their own taxes: what they make more goes back to the merchant, what they make
    /// less the platform bears.
    /// </summary>
    /// <returns>What came onto the merchant's balance.</returns>
    public static long Round(Ledger ledger, OpenAccounts accounts, Guid merchant, Guid invoice, InvoiceDraft draft, DateTimeOffset now)
    {
        if (draft.DifferenceCents == 0)
        {
            return 0;
        }

        var back = Math.Max(0, -draft.DifferenceCents);
        var other = back > 0 ? AccountKey.BalanceOf(merchant) : AccountKey.PlatformShare;
        var cause = new Cause("MonthEnd", null, "Tax on the invoice's sum instead of each job's", now);
        ledger.Post(Entry.Of(
            EntryKind.InvoiceRounding, invoice, null, back > 0 ? merchant : null, cause, now,
            (accounts[AccountKey.Tax], draft.DifferenceCents), (accounts[other], -draft.DifferenceCents)));
        return back;
    }

    public static async Task<Invoice> NumberAsync(
        BillingDbContext db, Seller seller, Merchant merchant, DateOnly month, InvoiceDraft draft, long openCents, IReadOnlyList<string> corrects,
        Guid id, DateTimeOffset now, CancellationToken cancellationToken, Guid? ofInvoice = null, string? note = null)
    {
        var issuedOn = InvoiceMonth.Day(now);
        DateOnly? dueOn = openCents > 0 ? issuedOn.AddDays(seller.PaymentDays) : null;
        var series = draft.Kind == InvoiceKind.Invoice ? Numbers.Invoices : Numbers.CreditNotes;
        var number = await Numbers.NextAsync(db, series, issuedOn.Year, cancellationToken);
        var reference = CreditorReference.Of(number);
        var invoice = new Invoice
        {
            Id = id,
            MerchantId = merchant.Id,
            Month = month,
            Kind = draft.Kind,
            OutsideScope = draft.OutsideScope,
            Number = number,
            Language = merchant.Locale,
            Seller = seller.AsParty(),
            Buyer = BuyerOf(merchant),
            CustomerNumber = merchant.CustomerNo,
            Corrects = corrects,
            Note = note,
            OfInvoiceId = ofInvoice,
            LineCount = draft.LineCount,
            Taxes = draft.Taxes,
            NetCents = draft.Taxes.Sum(t => t.NetCents),
            TaxCents = draft.Taxes.Sum(t => t.TaxCents),
            GrossCents = draft.GrossCents,
            RoundingCents = draft.RoundingCents,
            DueCents = openCents,
            IssuedOn = issuedOn,
            DueOn = dueOn,
            PaymentReference = reference,
            PayTo = openCents > 0 ? new PaymentTarget(Iban.Normalise(seller.Iban), seller.Bic, seller.Name, reference) : null,
            NumberedAt = now,
        };
        invoice.Open(openCents, dueOn is { } due ? InvoiceMonth.At(due.AddDays(RemindAfterDays), RemindAt) : null);
        return invoice;
    }

    public static Party BuyerOf(Merchant merchant) => new()
    {
        Name = merchant.LegalName ?? merchant.Name,
        Street = merchant.Street,
        PostCode = merchant.PostCode,
        City = merchant.City,
        Country = merchant.Country,
        VatId = VatId.TryParse(merchant.VatId, out var vatId) ? vatId.ToString() : null,
        Email = merchant.Email,
        BuyerReference = merchant.BuyerReference,
    };
}

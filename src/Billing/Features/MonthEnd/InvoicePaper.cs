using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Features.Papers;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Features.MonthEnd;

/// <summary>What an invoice says, from what was kept when it got its number.</summary>
internal static class InvoicePaper
{
    public static IQueryable<InvoiceLine> LinesOf(BillingDbContext db, Guid invoice) =>
        from entry in db.PaperEntries
        join line in db.InvoiceLines.IgnoreQueryFilters() on entry.LineId equals line.Id
        where entry.PaperId == invoice
        orderby entry.Position
        select line;

    public static async Task<TaxDocument> OfAsync(BillingDbContext db, Invoice invoice, string language, CancellationToken cancellationToken)
    {
        var lines = await LinesOf(db, invoice.Id).AsNoTracking().ToListAsync(cancellationToken);
        // A month's credits were booked with their sign turned; what cancels an invoice names the invoice's own lines.
        var sign = invoice.Kind == InvoiceKind.CreditNote ? -1 : 1;
        return new TaxDocument
        {
            Kind = invoice.IsCredit ? PaperKind.CreditNote : PaperKind.Invoice,
            Number = invoice.Number,
            IssuedOn = invoice.IssuedOn,
            From = lines.Count == 0 ? invoice.Month : lines.Min(l => l.Month),
            Until = invoice.Month.AddMonths(1).AddDays(-1),
            DueOn = invoice.DueOn,
            Language = language,
            Seller = invoice.Seller,
            Buyer = invoice.Buyer,
            CustomerNumber = invoice.CustomerNumber,
            Corrects = invoice.Corrects,
            Note = invoice.Note,
            Lines =
            [
                .. lines.Select((line, i) => new PaperLine(
                    FormattableString.Invariant($"{i + 1}"),
                    PaperWords.Description(line.Description, language),
                    line.Reference,
                    line.CostCentre,
                    sign * line.NetCents,
                    TaxTreatment.Restore(Enum.Parse<TaxCategory>(line.TaxCategory), line.TaxRate))),
            ],
            Sums = invoice.Sums,
            PayTo = invoice.PayTo,
        };
    }
}

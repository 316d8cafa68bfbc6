using System.ComponentModel;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Features.ShowOpenInvoice;

/// <summary>What an invoice would come to if the month ended now.</summary>
[Description("What the invoice would come to if the month ended now; tax is computed on the sums, as on the invoice.")]
public sealed record OpenInvoiceSums(
    [property: Description("For example 2026-11.")] string Month,
    [property: Description("Number of lines.")] int Lines,
    [property: Description("Cents.")] long Net,
    [property: Description("Cents; computed once for each category and rate on the sum of its nets.")] long Tax,
    [property: Description("Cents.")] long Gross,
    [property: Description("ISO 4217.")] string Currency)
{
    public static async Task<OpenInvoiceSums> OfAsync(BillingDbContext db, DateOnly month, CancellationToken cancellationToken)
    {
        var groups = await db.InvoiceLines.Where(l => l.Month == month)
            .GroupBy(l => new { l.TaxCategory, l.TaxRate })
            .Select(g => new { g.Key.TaxCategory, g.Key.TaxRate, Lines = g.Count(), Net = g.Sum(l => l.NetCents) })
            .ToListAsync(cancellationToken);
        var net = groups.Sum(g => g.Net);
        // Once on the sum of each category and rate (EN 16931 BR-S-08, BR-S-09), so it can differ by cents from the sum of the jobs' taxes.
        var tax = groups.Where(g => g.TaxCategory == nameof(TaxCategory.S))
            .Sum(g => TaxTreatment.Standard(g.TaxRate).On(Money.Euro(g.Net)).Amount.Cents);
        return new OpenInvoiceSums(
            month.ToString("yyyy-MM", CultureInfo.InvariantCulture), groups.Sum(g => g.Lines), net, tax, net + tax, "EUR");
    }
}

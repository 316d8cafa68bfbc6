using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.Billing.Features.Invoices;

/// <summary>One category and rate of tax on an invoice.</summary>
public sealed record InvoiceTaxView(
    [property: Description("EN 16931 category code.")] string Category,
    [property: Description("Percent.")] decimal Rate,
    [property: Description("Cents.")] long Net,
    [property: Description("Cents; computed once on the sum of the nets.")] long Tax);

/// <summary>An invoice or credit note. Amounts are whole cents; those of a credit note are what you get back.</summary>
public sealed record InvoiceView(
    string Id,
    [property: Description("Runs without a gap in its series and year.")] string Number,
    [property: Description("invoice: a month's charges. credit_note: a month's credits. cancellation: takes a whole invoice back."),
        AllowedValues("invoice", "credit_note", "cancellation")] string Kind,
    [property: Description("numbered: being written, within minutes. issued. cancelled: taken back by a cancellation. voided: its number was given and never used; `voidReason` says why."),
        AllowedValues("numbered", "issued", "cancelled", "voided")] string State,
    [property: Description("For example 2026-11.")] string Month,
    DateOnly IssuedOn,
    [property: Description("Until when to pay; null if nothing was to be paid.")] DateOnly? DueOn,
    [property: Description("Number of lines; they are at /v1/invoices/{id}/lines.")] int Lines,
    long Net,
    long Tax,
    long Gross,
    [property: Description("What was to be paid by transfer when it was issued; the rest was paid from the balance.")] long Due,
    [property: Description("What of it is still open.")] long Open,
    string Currency,
    IReadOnlyList<InvoiceTaxView> Taxes,
    [property: Description("Give it with your transfer (ISO 11649).")] string PaymentReference,
    [property: Description("Numbers of the invoices that this one corrects.")] IReadOnlyList<string> Corrects,
    string? Note,
    string? VoidReason)
{
    public static InvoiceView Of(Invoice invoice) => new(
        PublicId.Format(Ids.Invoice, invoice.Id),
        invoice.Number,
        SnakeCase.Name(invoice.Kind),
        SnakeCase.Name(invoice.State),
        invoice.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        invoice.IssuedOn,
        invoice.DueOn,
        invoice.LineCount,
        invoice.NetCents,
        invoice.TaxCents,
        invoice.GrossCents,
        invoice.DueCents,
        invoice.OpenCents,
        "EUR",
        [.. invoice.Taxes.Select(t => new InvoiceTaxView(t.Category.ToString(), t.Rate, t.NetCents, t.TaxCents))],
        invoice.PaymentReference,
        invoice.Corrects,
        invoice.Note,
        invoice.VoidReason);
}

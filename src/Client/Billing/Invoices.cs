namespace Zweizeiler.Client;

public sealed partial class BillingResource
{
    /// <summary>One page of your invoices and credit notes, newest first. A test key sees none: no money moves in test mode.</summary>
    /// <param name="month">Only those of a month, for example <c>2026-11</c>.</param>
    /// <param name="cursor">Where the page before ended.</param>
    /// <param name="limit">1 to 100 invoices a page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Page<Invoice>> ListInvoicesAsync(
        string? month = null, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(
            "v1/invoices" + Query.Of(("month", month), ("cursor", cursor), ("limit", Query.Number(limit))), ApiJson.Default.PageInvoice, cancellationToken);

    /// <summary>Reads an invoice or credit note: its sums, and what of it is open.</summary>
    /// <param name="id"><see cref="Invoice.Id"/></param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Invoice> GetInvoiceAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(InvoicePath(id), ApiJson.Default.Invoice, cancellationToken);

    /// <summary>Some lines of an invoice, in their order: a line a job, with your reference and cost centre.</summary>
    /// <param name="id"><see cref="Invoice.Id"/></param>
    /// <param name="cursor"><see cref="Page{T}.NextCursor"/> of the page before.</param>
    /// <param name="limit">1 to 100 lines a page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Page<InvoiceLine>> ListInvoiceLinesAsync(string id, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(
            InvoicePath(id) + "/lines" + Query.Of(("cursor", cursor), ("limit", Query.Number(limit))), ApiJson.Default.PageInvoiceLine, cancellationToken);

    /// <summary>An invoice as PDF: the readable copy; the XML is the invoice itself.</summary>
    /// <param name="id"><see cref="Invoice.Id"/></param>
    /// <param name="language"><c>de</c> or <c>en</c>; null for the language in which it was issued. In the other one it is a translation.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<byte[]> GetInvoicePdfAsync(string id, string? language = null, CancellationToken cancellationToken = default) =>
        _transport.GetBytesAsync(InvoicePath(id) + "/pdf" + Query.Of(("language", language)), "application/pdf", cancellationToken);

    /// <summary>An invoice as XML: UBL 2.1, valid by EN 16931 and XRechnung 3.0.</summary>
    /// <param name="id"><see cref="Invoice.Id"/></param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The file as it is, encoding declaration included.</returns>
    public Task<byte[]> GetInvoiceXmlAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.GetBytesAsync(InvoicePath(id) + "/xml", "application/xml", cancellationToken);

    private static string InvoicePath(string id) => $"v1/invoices/{Uri.EscapeDataString(id)}";
}

/// <summary>An invoice, a credit note or a cancellation. Amounts are cents.</summary>
public sealed record Invoice
{
    /// <summary>By which it is read.</summary>
    public required string Id { get; init; }

    /// <summary>Runs without a gap in its series and year.</summary>
    public required string Number { get; init; }

    /// <summary><c>invoice</c> (a month's charges), <c>credit_note</c> (a month's credits) or <c>cancellation</c> (takes a whole invoice back).</summary>
    public required string Kind { get; init; }

    /// <summary>
    /// <c>numbered</c> (being written, within minutes), <c>issued</c>, <c>cancelled</c> (taken back by a cancellation) or <c>voided</c> (its number was
    /// given and never used).
    /// </summary>
    public required string State { get; init; }

    /// <summary>For example <c>2026-11</c>.</summary>
    public required string Month { get; init; }

    /// <summary>The day of issue.</summary>
    public DateOnly IssuedOn { get; init; }

    /// <summary>Until when to pay; null if nothing was to be paid.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>How many lines it has.</summary>
    public int Lines { get; init; }

    /// <summary>Net.</summary>
    public long Net { get; init; }

    /// <summary>Tax.</summary>
    public long Tax { get; init; }

    /// <summary>Net and tax.</summary>
    public long Gross { get; init; }

    /// <summary>What was to be paid by transfer when it was issued; the rest was paid from the balance.</summary>
    public long Due { get; init; }

    /// <summary>What of it is still open.</summary>
    public long Open { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Tax by category and rate.</summary>
    public IReadOnlyList<InvoiceTax> Taxes { get => field ?? []; init; }

    /// <summary>Give it with your transfer (ISO 11649).</summary>
    public required string PaymentReference { get; init; }

    /// <summary>Numbers of the invoices that this one corrects.</summary>
    public IReadOnlyList<string> Corrects { get => field ?? []; init; }

    /// <summary>What is said about it.</summary>
    public string? Note { get; init; }

    /// <summary>Why its number was never used.</summary>
    public string? VoidReason { get; init; }
}

/// <summary>Tax of one category and rate.</summary>
/// <param name="Category">EN 16931 category code.</param>
/// <param name="Rate">Percent.</param>
/// <param name="Net">Cents.</param>
/// <param name="Tax">Cents; computed once on the sum of the nets.</param>
public sealed record InvoiceTax(string Category, decimal Rate, long Net, long Tax);

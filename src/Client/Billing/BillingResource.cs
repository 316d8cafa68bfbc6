namespace Zweizeiler.Client;

/// <summary>What you have, what is reserved, every movement, and your invoices.</summary>
public sealed partial class BillingResource
{
    private readonly ApiTransport _transport;

    internal BillingResource(ApiTransport transport) => _transport = transport;

    /// <summary>The balance now.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Balance> GetBalanceAsync(CancellationToken cancellationToken = default) =>
        _transport.GetAsync("v1/balance", ApiJson.Default.Balance, cancellationToken);

    /// <summary>What the month's invoice holds so far: its sums, and one page of its lines, the newest first.</summary>
    /// <param name="cursor">Where the page before ended.</param>
    /// <param name="limit">1 to 100 lines a page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<OpenInvoicePage> GetOpenInvoiceAsync(string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(
            "v1/invoices/open" + Query.Of(("cursor", cursor), ("limit", Query.Number(limit))), ApiJson.Default.OpenInvoicePage, cancellationToken);

    /// <summary>One page of the ledger, the newest entry first.</summary>
    /// <param name="jobId">Only entries of this job.</param>
    /// <param name="cursor">Where the page before ended.</param>
    /// <param name="limit">1 to 100 entries a page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Page<LedgerEntry>> ListLedgerAsync(
        string? jobId = null, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(
            "v1/ledger" + Query.Of(("job", jobId), ("cursor", cursor), ("limit", Query.Number(limit))), ApiJson.Default.PageLedgerEntry, cancellationToken);
}

/// <summary>A balance, in cents. With a test key everything is 0: no money moves.</summary>
/// <param name="Available">What can still be ordered for.</param>
/// <param name="Reserved">What is set aside for jobs that are not accepted yet.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="OpenInvoice">What stands on this month's invoice so far.</param>
public sealed record Balance(long Available, long Reserved, string Currency, OpenInvoice? OpenInvoice = null);

/// <summary>The sums of the month's invoice so far, in cents.</summary>
/// <param name="Month">For example <c>2026-11</c>.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="Net">Net.</param>
/// <param name="Tax">Tax.</param>
/// <param name="Gross">Net and tax.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record OpenInvoice(string Month, int Lines, long Net, long Tax, long Gross, string Currency);

/// <summary>The sums of the month's invoice so far and a page of its lines.</summary>
/// <param name="Sums">Tax is computed on the sums, as on the invoice.</param>
/// <param name="Data">The lines, the newest first.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> to read on; null at the end.</param>
public sealed record OpenInvoicePage(OpenInvoice Sums, IReadOnlyList<InvoiceLine> Data, string? NextCursor);

/// <summary>A line of an invoice: one job that was charged, or one that was credited.</summary>
/// <param name="Id"><c>inl_…</c></param>
/// <param name="JobId"><c>job_…</c></param>
/// <param name="Kind"><c>charge</c> or <c>credit_note</c>.</param>
/// <param name="Description">For example <c>Translation de→fr, 2 lines, ORDER-4711</c>.</param>
/// <param name="Reference">Your own reference.</param>
/// <param name="CostCentre">Your cost centre.</param>
/// <param name="Lines">Charged lines; negative on a credit note.</param>
/// <param name="Net">Cents; negative on a credit note.</param>
/// <param name="TaxCategory">EN 16931 category code.</param>
/// <param name="TaxRate">Percent.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="CreatedAt">When it was written.</param>
public sealed record InvoiceLine(
    string Id,
    string JobId,
    string Kind,
    string Description,
    string? Reference,
    string? CostCentre,
    int Lines,
    long Net,
    string TaxCategory,
    decimal TaxRate,
    string Currency,
    DateTimeOffset CreatedAt);

/// <summary>One movement of money: postings that make zero together.</summary>
/// <param name="Id"><c>ent_…</c></param>
/// <param name="Kind"><c>opening</c>, <c>reservation</c>, <c>charge</c>, <c>release</c> or <c>credit</c>.</param>
/// <param name="JobId">The job that it is about, if any.</param>
/// <param name="Event">What made it, for example <c>DeliveryAccepted</c>.</param>
/// <param name="Reason">In words.</param>
/// <param name="Postings">The sides of the entry.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="OccurredAt">When what it tells of happened.</param>
/// <param name="CreatedAt">When it was booked.</param>
public sealed record LedgerEntry(
    string Id,
    string Kind,
    string? JobId,
    string Event,
    string Reason,
    IReadOnlyList<LedgerPosting> Postings,
    string Currency,
    DateTimeOffset OccurredAt,
    DateTimeOffset CreatedAt);

/// <summary>One side of a ledger entry.</summary>
/// <param name="Account"><c>merchant_balance</c> and <c>merchant_reserved</c> are yours; <c>revenue</c>, <c>tax</c> and <c>clearing</c> are the other side.</param>
/// <param name="Amount">Cents, seen from the account: plus is more on it.</param>
public sealed record LedgerPosting(string Account, long Amount);

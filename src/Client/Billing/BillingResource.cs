using System.Text.Json.Serialization;

namespace Zweizeiler.Client;

/// <summary>What you have, what is reserved, and every movement.</summary>
public sealed class BillingResource
{
    private readonly ApiTransport _transport;

    internal BillingResource(ApiTransport transport) => _transport = transport;

    /// <summary>The balance now.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Balance> GetBalanceAsync(CancellationToken cancellationToken = default) =>
        _transport.GetAsync("v1/balance", ApiJson.Default.Balance, cancellationToken);

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
/// <param name="Lines">How many jobs stand on it.</param>
/// <param name="Net">Net.</param>
/// <param name="Tax">Tax.</param>
/// <param name="Gross">Net and tax.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record OpenInvoice(string Month, int Lines, long Net, long Tax, long Gross, string Currency);

/// <summary>One movement of money: postings that make zero together.</summary>
/// <param name="Id"><c>ent_…</c></param>
/// <param name="Kind"><c>opening</c>, <c>reservation</c>, <c>charge</c> or <c>release</c>.</param>
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
    [property: JsonPropertyName("job")] string? JobId,
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

namespace Zweizeiler.Client;

/// <summary>Ask for a price before ordering. It binds for 24 hours.</summary>
public sealed class QuotesResource
{
    private readonly ApiTransport _transport;

    internal QuotesResource(ApiTransport transport) => _transport = transport;

    /// <summary>What a job would cost. Order the same job with this quote's id as <see cref="NewJob.QuoteId"/>.</summary>
    /// <param name="job">What would be to be done.</param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Quote> CreateAsync(NewJob job, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostAsync("v1/quotes", job, ApiJson.Default.NewJob, ApiJson.Default.Quote, options, cancellationToken);

    /// <summary>What up to 50 jobs would cost, ordered together.</summary>
    /// <param name="jobs">What would be to be done.</param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Quote> CreateAsync(
        IReadOnlyList<NewJob> jobs, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostAsync("v1/quotes", new NewJobs(jobs), ApiJson.Default.NewJobs, ApiJson.Default.Quote, options, cancellationToken);

    /// <summary>Reads a quote.</summary>
    /// <param name="id"><c>quo_…</c></param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Quote> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.GetAsync($"v1/quotes/{Uri.EscapeDataString(id)}", ApiJson.Default.Quote, cancellationToken);
}

/// <summary>A price that binds until it expires. The texts that it was made for are not part of it.</summary>
/// <param name="Id"><c>quo_…</c></param>
/// <param name="Mode"><c>live</c> or <c>test</c>.</param>
/// <param name="Items">One a job, in the order of the request.</param>
/// <param name="Total">The sum.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">Until when it binds.</param>
/// <param name="UsedAt">When an order used it; a quote is for one order.</param>
public sealed record Quote(
    string Id,
    string Mode,
    IReadOnlyList<QuotedJob> Items,
    QuoteTotal Total,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? UsedAt);

/// <summary>One job of a quote.</summary>
/// <param name="Kind">One of <see cref="JobKind"/>.</param>
/// <param name="Source">Source language.</param>
/// <param name="Target">Target language.</param>
/// <param name="Urgency"><c>standard</c>, <c>express</c> or <c>night</c>.</param>
/// <param name="Price">What it costs at most; itemised.</param>
/// <param name="Promise">What would have been promised for it, had it been ordered then.</param>
public sealed record QuotedJob(string Kind, string Source, string Target, string Urgency, JobPrice Price, JobPromise Promise);

/// <summary>The sum of a quote, in cents.</summary>
/// <param name="Net">Net.</param>
/// <param name="Tax">For information: the invoice computes it on the month's sum.</param>
/// <param name="Gross">Net and tax.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record QuoteTotal(long Net, long Tax, long Gross, string Currency);

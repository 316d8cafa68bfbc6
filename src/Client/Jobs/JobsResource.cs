using System.Runtime.CompilerServices;

namespace Zweizeiler.Client;

/// <summary>Order, follow and accept jobs. Every method throws <see cref="ApiException"/> when the gateway answers with an error.</summary>
public sealed class JobsResource
{
    private readonly ApiTransport _transport;

    internal JobsResource(ApiTransport transport) => _transport = transport;

    /// <summary>Orders a job.</summary>
    /// <param name="job">What is to be done.</param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call; the job may have been ordered nevertheless.</param>
    /// <returns>The job with its binding price and promise.</returns>
    public Task<Job> CreateAsync(NewJob job, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostAsync("v1/jobs", job, ApiJson.Default.NewJob, ApiJson.Default.Job, options, cancellationToken);

    /// <summary>Orders up to 50 jobs, all or none of them.</summary>
    /// <param name="jobs">What is to be done.</param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call; the jobs may have been ordered nevertheless.</param>
    /// <returns>The jobs in the order given.</returns>
    public async Task<IReadOnlyList<Job>> CreateAsync(
        IReadOnlyList<NewJob> jobs, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        var answer = await _transport.PostAsync(
            "v1/jobs", new NewJobs(jobs), ApiJson.Default.NewJobs, ApiJson.Default.PageJob, options, cancellationToken).ConfigureAwait(false);
        return answer.Data;
    }

    /// <summary>Reads a job.</summary>
    /// <param name="id"><c>job_…</c></param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Job> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.GetAsync($"v1/jobs/{Uri.EscapeDataString(id)}", ApiJson.Default.Job, cancellationToken);

    /// <summary>One page of your jobs, newest first.</summary>
    /// <param name="filter">Which jobs.</param>
    /// <param name="cursor">Where the page before ended.</param>
    /// <param name="limit">1 to 100 jobs a page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Page<Job>> ListAsync(
        JobFilter? filter = null, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(
            "v1/jobs" + Query.Of(("state", filter?.State), ("reference", filter?.Reference), ("kind", filter?.Kind), ("cursor", cursor), ("limit", Query.Number(limit))),
            ApiJson.Default.PageJob,
            cancellationToken);

    /// <summary>All your jobs, newest first, page after page.</summary>
    /// <param name="filter">Which jobs.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    public async IAsyncEnumerable<Job> EnumerateAsync(
        JobFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? cursor = null;
        do
        {
            var page = await ListAsync(filter, cursor, limit: 100, cancellationToken).ConfigureAwait(false);
            foreach (var job in page.Data)
            {
                yield return job;
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    /// <summary>What was delivered for a job, the newest version last.</summary>
    /// <param name="id"><c>job_…</c></param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<Delivery>> ListDeliveriesAsync(string id, CancellationToken cancellationToken = default)
    {
        var answer = await _transport.GetAsync(
            $"v1/jobs/{Uri.EscapeDataString(id)}/deliveries", ApiJson.Default.PageDelivery, cancellationToken).ConfigureAwait(false);
        return answer.Data;
    }

    /// <summary>Accepts the newest delivery; the job is charged now.</summary>
    /// <param name="id"><c>job_…</c></param>
    /// <param name="acceptance">Rating and thanks, if you like.</param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Job> AcceptAsync(
        string id, Acceptance? acceptance = null, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            $"v1/jobs/{Uri.EscapeDataString(id)}/accept",
            acceptance ?? new Acceptance(),
            ApiJson.Default.Acceptance,
            ApiJson.Default.Job,
            options,
            cancellationToken);
}

/// <summary>Which jobs a list shows; what is null does not matter.</summary>
/// <param name="State">One of <see cref="JobState"/>.</param>
/// <param name="Reference">Your own reference, exactly.</param>
/// <param name="Kind">The kind of job.</param>
public sealed record JobFilter(string? State = null, string? Reference = null, string? Kind = null);

internal sealed record NewJobs(IReadOnlyList<NewJob> Jobs);

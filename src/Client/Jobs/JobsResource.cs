using System.Runtime.CompilerServices;

namespace Zweizeiler.Client;

/// <summary>Order, follow and accept jobs. Every method throws <see cref="ApiException"/> when the gateway answers with an error.</summary>
public sealed partial class JobsResource
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
    public Task<IReadOnlyList<Job>> CreateAsync(
        IReadOnlyList<NewJob> jobs, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(jobs, null, options, cancellationToken);

    /// <summary>Orders up to 50 jobs, all or none of them, if together they cost no more than this.</summary>
    /// <param name="jobs">What is to be done.</param>
    /// <param name="maxPrice">The most that all of them together may cost, tax included.</param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call; the jobs may have been ordered nevertheless.</param>
    /// <returns>The jobs in the order given.</returns>
    public async Task<IReadOnlyList<Job>> CreateAsync(
        IReadOnlyList<NewJob> jobs, Amount? maxPrice, CallOptions? options = null, CancellationToken cancellationToken = default)
    {
        var answer = await _transport.PostAsync(
            "v1/jobs", new NewJobs(jobs, maxPrice), ApiJson.Default.NewJobs, ApiJson.Default.PageJob, options, cancellationToken).ConfigureAwait(false);
        return answer.Data;
    }

    /// <summary>Reads a job.</summary>
    /// <param name="id"><c>job_…</c></param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Job> GetAsync(string id, CancellationToken cancellationToken = default) => GetAsync(id, JobExpand.None, cancellationToken);

    /// <summary>Reads a job, and with it what would be calls of their own.</summary>
    /// <param name="id"><c>job_…</c></param>
    /// <param name="expand">What comes with it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Job> GetAsync(string id, JobExpand expand, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(Path(id) + Query.Of(("expand", Names(expand))), ApiJson.Default.Job, cancellationToken);

    /// <summary>One page of your jobs, newest first.</summary>
    /// <param name="filter">Which jobs.</param>
    /// <param name="cursor">Where the page before ended.</param>
    /// <param name="limit">1 to 100 jobs a page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Page<Job>> ListAsync(
        JobFilter? filter = null, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _transport.GetAsync("v1/jobs" + Of(filter, cursor, limit), ApiJson.Default.PageJob, cancellationToken);

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
            Path(id) + "/deliveries", ApiJson.Default.PageDelivery, cancellationToken).ConfigureAwait(false);
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
            Path(id) + "/accept",
            acceptance ?? new Acceptance(),
            ApiJson.Default.Acceptance,
            ApiJson.Default.Job,
            options,
            cancellationToken);

    private static string Path(string id) => $"v1/jobs/{Uri.EscapeDataString(id)}";

    private static string Of(JobFilter? filter, string? cursor, int? limit)
    {
        List<(string, string?)> query = [("state", filter?.State)];
        query.AddRange((filter?.States ?? []).Select(state => ("state", (string?)state)));
        query.AddRange(
        [
            ("reference", filter?.Reference), ("kind", filter?.Kind), ("case", filter?.CaseId), ("costCentre", filter?.CostCentre),
            ("created[from]", Query.Time(filter?.CreatedFrom)), ("created[to]", Query.Time(filter?.CreatedTo)),
        ]);
        query.AddRange((filter?.Metadata ?? new Dictionary<string, string>()).Select(pair => ($"metadata[{pair.Key}]", (string?)pair.Value)));
        query.AddRange([("expand", Names(filter?.Expand ?? JobExpand.None)), ("cursor", cursor), ("limit", Query.Number(limit))]);
        return Query.Of([.. query]);
    }

    private static string? Names(JobExpand expand) => (expand.HasFlag(JobExpand.Deliveries), expand.HasFlag(JobExpand.Case)) switch
    {
        (true, true) => "deliveries,case",
        (true, false) => "deliveries",
        (false, true) => "case",
        _ => null,
    };
}

/// <summary>Which jobs a list shows, and what comes with them; what is null does not matter.</summary>
/// <param name="State">One of <see cref="JobState"/>.</param>
/// <param name="Reference">Your own reference, exactly.</param>
/// <param name="Kind">One of <see cref="JobKind"/>.</param>
public sealed record JobFilter(string? State = null, string? Reference = null, string? Kind = null)
{
    /// <summary>Several of <see cref="JobState"/>: jobs in one of these.</summary>
    public IReadOnlyList<string>? States { get; init; }

    /// <summary>Only jobs of this case.</summary>
    public string? CaseId { get; init; }

    /// <summary>Your cost centre, exactly.</summary>
    public string? CostCentre { get; init; }

    /// <summary>Your own pairs, all of which must be there.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Ordered at this time or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Ordered before this time.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>What comes with each job.</summary>
    public JobExpand Expand { get; init; }
}

internal sealed record NewJobs(IReadOnlyList<NewJob> Jobs, Amount? MaxPrice = null);

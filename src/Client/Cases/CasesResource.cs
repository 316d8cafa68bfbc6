namespace Zweizeiler.Client;

/// <summary>String jobs together: their mail, our summary, the reply, the call.</summary>
public sealed class CasesResource
{
    private readonly ApiTransport _transport;

    internal CasesResource(ApiTransport transport) => _transport = transport;

    /// <summary>Makes a case. Give its id to jobs as <see cref="NewJob.CaseId"/>.</summary>
    /// <param name="newCase">What is known of it.</param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Case> CreateAsync(NewCase newCase, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostTaggedAsync("v1/cases", newCase, ApiJson.Default.NewCase, ApiJson.Default.Case, options, cancellationToken);

    /// <summary>Reads a case with its thread.</summary>
    /// <param name="id"><c>case_…</c></param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Case> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.GetTaggedAsync(Path(id), ApiJson.Default.Case, cancellationToken);

    /// <summary>One page of your cases, newest first, without their threads.</summary>
    /// <param name="filter">Which cases.</param>
    /// <param name="cursor">Where the page before ended.</param>
    /// <param name="limit">1 to 100 cases a page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Page<Case>> ListAsync(
        CaseFilter? filter = null, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(
            "v1/cases" + Query.Of(
                ("reference", filter?.Reference), ("state", filter?.State), ("created[from]", Query.Time(filter?.CreatedFrom)),
                ("created[to]", Query.Time(filter?.CreatedTo)), ("cursor", cursor), ("limit", Query.Number(limit))),
            ApiJson.Default.PageCase,
            cancellationToken);

    /// <summary>Changes a case; refused with 412 if somebody else has changed it since it was read.</summary>
    /// <param name="id"><c>case_…</c></param>
    /// <param name="eTag"><see cref="Case.ETag"/> of the case as it was read.</param>
    /// <param name="change">What changes.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Case> UpdateAsync(string id, string eTag, CaseChange change, CancellationToken cancellationToken = default) =>
        _transport.ChangeAsync(HttpMethod.Patch, Path(id), eTag, change, ApiJson.Default.CaseChange, ApiJson.Default.Case, cancellationToken);

    /// <summary>Closes a case: it takes no more jobs, those that it has go on. Closing twice is no error.</summary>
    /// <param name="id"><c>case_…</c></param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Case> CloseAsync(string id, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostTaggedAsync(Path(id) + "/close", new Nothing(), ApiJson.Default.Nothing, ApiJson.Default.Case, options, cancellationToken);

    private static string Path(string id) => $"v1/cases/{Uri.EscapeDataString(id)}";
}

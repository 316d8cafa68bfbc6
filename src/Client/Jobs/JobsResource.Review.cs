namespace Zweizeiler.Client;

public sealed partial class JobsResource
{
    /// <summary>
    /// Asks for a job to be cancelled: free before a translator has taken it, a share of the net price afterwards, too late once it is delivered.
    /// The answer says when you asked; whether it was cancelled is told soon after (<c>job.cancelled</c> or <c>job.cancellation_refused</c>).
    /// </summary>
    /// <param name="id"><c>job_…</c></param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Job> CancelAsync(string id, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(Path(id) + "/cancel", new Nothing(), ApiJson.Default.Nothing, ApiJson.Default.Job, options, cancellationToken);

    /// <summary>Questions and answers about a job, the oldest first.</summary>
    /// <param name="id"><c>job_…</c></param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<JobMessage>> ListMessagesAsync(string id, CancellationToken cancellationToken = default) =>
        (await _transport.GetAsync(Path(id) + "/messages", ApiJson.Default.PageJobMessage, cancellationToken).ConfigureAwait(false)).Data;

    /// <summary>Writes to the translator: answers a question, or says something unasked.</summary>
    /// <param name="id"><c>job_…</c></param>
    /// <param name="message">What you want to say.</param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<JobMessage> WriteMessageAsync(
        string id, NewMessage message, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(Path(id) + "/messages", message, ApiJson.Default.NewMessage, ApiJson.Default.JobMessage, options, cancellationToken);

    /// <summary>Asks for a change of the newest delivery; free within the brief. The time for your review stands still until it is delivered again.</summary>
    /// <param name="id"><c>job_…</c></param>
    /// <param name="objection">What is to be changed.</param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Job> RequestRevisionAsync(
        string id, Objection objection, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(Path(id) + "/revision", objection, ApiJson.Default.Objection, ApiJson.Default.Job, options, cancellationToken);

    /// <summary>Rejects the newest delivery: a second translator rules whether it is charged.</summary>
    /// <param name="id"><c>job_…</c></param>
    /// <param name="objection">Why, and at least one passage that is wrong.</param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Job> RejectAsync(
        string id, Objection objection, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(Path(id) + "/reject", objection, ApiJson.Default.Objection, ApiJson.Default.Job, options, cancellationToken);

    /// <summary>
    /// Complains about an accepted delivery, for 30 days after it was accepted. A corrected delivery comes first, within 24 hours; if none comes, what
    /// the job cost is credited.
    /// </summary>
    /// <param name="id"><c>job_…</c></param>
    /// <param name="objection">What is wrong.</param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Complaint> ComplainAsync(
        string id, Objection objection, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(Path(id) + "/complaint", objection, ApiJson.Default.Objection, ApiJson.Default.Complaint, options, cancellationToken);

    /// <summary>The newest complaint about a job; an <see cref="ApiException"/> with status 404 if there is none.</summary>
    /// <param name="id"><c>job_…</c></param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Complaint> GetComplaintAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(Path(id) + "/complaint", ApiJson.Default.Complaint, cancellationToken);

    /// <summary>Says whether the corrected delivery is what was wanted; if not, a second translator rules.</summary>
    /// <param name="id"><c>job_…</c></param>
    /// <param name="satisfied">Whether all is well now.</param>
    /// <param name="note">What is still wrong.</param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Complaint> CloseComplaintAsync(
        string id, bool satisfied, string? note = null, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostAsync(
            Path(id) + "/complaint/close",
            new ComplaintClosing(satisfied, note),
            ApiJson.Default.ComplaintClosing,
            ApiJson.Default.Complaint,
            options,
            cancellationToken);
}

using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Gateway.Docs;

/// <summary>A problem that the API can answer.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">The stable code to branch on.</param>
/// <param name="Title">As in the answer.</param>
/// <param name="Detail">An example of what the answer says.</param>
/// <param name="Remedy">What a client does about it.</param>
/// <param name="Paths">
/// Part of the paths that can answer it, with the method before it where only one can, and with <c>$</c> after it where nothing follows; null for all.
/// </param>
/// <param name="OfBody">It is about the body, and so no answer of an operation that takes none.</param>
internal sealed record KnownProblem(int Status, string Code, string Title, string Detail, string Remedy, string? Paths = null, bool OfBody = false)
{
    public bool IsAnsweredBy(AskedFor asked) =>
        (asked.HasBody || !OfBody) && (Paths is null || Paths.Split('|').Any(p => $"{asked.Method.ToUpperInvariant()} {asked.Path}$".Contains(p, StringComparison.Ordinal)));
}

/// <summary>An operation, as far as it decides which problems it can answer.</summary>
internal readonly record struct AskedFor(string Method, string Path, bool HasBody);

/// <summary>Every problem code of the API, for the examples of each operation and the table of the guide.</summary>
internal static class ProblemCatalogue
{
    /// <summary>Any operation may answer it, which says nothing about any of them: it stands in the guide only.</summary>
    private const string InGuideOnly = "no path";

    public static readonly IReadOnlyList<KnownProblem> All =
    [
        new(400, "request.unparsable", "The body is not valid JSON", "The body could not be read as JSON at line 1, byte 12; it must be one object in UTF-8 without duplicate names.", "Send one JSON object in UTF-8.", OfBody: true),
        Of(CommonProblems.ForStatus(400), "Correct the request.", InGuideOnly),
        new(400, "idempotency.key_invalid", "The Idempotency-Key is not valid", "An Idempotency-Key has 1 to 255 visible ASCII characters.", "Take a shorter key, for example a UUID.", "POST "),
        Of(CommonProblems.ForStatus(401), "Check the key; a revoked or expired one opens nothing."),
        new(402, "spending_limit.exceeded", "The key's spending limit does not permit this", "The request costs more than the key may still spend: 'requested' and 'remaining' say how much, in cents with tax. Nothing was stored. 'resetsAt' says when the limit begins anew.", "Wait for the next period, or use a key with a higher limit.", "POST /v1/jobs$"),
        new(403, "scope.missing", "Not permitted", "This operation needs a key with the scope 'order'.", "Use a key with the scope."),
        Of(CommonProblems.ForStatus(404), "Check the path.", InGuideOnly),
        NotFound("job", "/v1/jobs/{id}"),
        NotFound("complaint", "GET /v1/jobs/{id}/complaint$"),
        NotFound("quote", "/v1/quotes/{id}"),
        NotFound("case", "/v1/cases/{id}"),
        NotFound("template", "/v1/templates/{id}"),
        NotFound("glossary", "/v1/glossaries/{id}"),
        NotFound("key", "/v1/api-keys/{id}"),
        NotFound("translator", "/v1/translators/{id}"),
        NotFound("invoice", "/v1/invoices/{id}"),
        NotFound("billing_profile", "/v1/billing-profile"),
        NotFound("webhook_endpoint", "/v1/webhook-endpoints/{id}"),
        NotFound("webhook_delivery", "/deliveries/{delivery}"),
        NotFound("recipient", "/v1/notification-preferences"),
        Of(CommonProblems.ForStatus(405), "Take one of the methods in Allow.", InGuideOnly),
        new(409, "job.state", "The job's state does not permit this", "The job is 'open', which does not permit 'accept'. Possible now: cancel, message.", "Look at `possible` in the answer.", "POST /v1/jobs/{id}"),
        new(406, "accept.unsupported", "Not available in this format", "One of: application/json, text/csv, application/tbx+xml.", "Ask for one of them in `Accept`."),
        new(409, "quote.used", "The quote was used already", "A quote is for one order. Ask for a new one; to repeat an order whose answer you did not get, send it with the Idempotency-Key that it had.", "Ask for a new quote.", "POST /v1/jobs$"),
        new(409, "key.last_admin", "The last admin key is not revoked with itself", "No other key in force has the scope 'admin', so nobody could make keys any more. Make another admin key first, and revoke this one with it.", "Make another admin key first.", "DELETE /v1/api-keys"),
        new(409, "idempotency.running", "The first request is still running", "A request with this Idempotency-Key is being worked on. Repeat it shortly: the answer will be that of the first one.", "Repeat after `Retry-After`.", "POST "),
        new(412, "precondition.failed", "It was changed meanwhile", "The ETag in If-Match is not the current one. Get it again and repeat your change.", "Get it again, apply the change, send the new ETag."),
        Of(CommonProblems.ForStatus(413), "Split the request.", InGuideOnly),
        Of(CommonProblems.ForStatus(415), "Set the header.", InGuideOnly),
        new(415, "body.encoded", "The body is compressed", "Send the body as it is, without Content-Encoding.", "Send it uncompressed.", InGuideOnly),
        new(415, "body.unsupported", "Unsupported media type", "Send the terms as application/json, text/csv in UTF-8, or application/tbx+xml.", "Set `Content-Type` to one of them.", "/terms"),
        new(422, "request.invalid", "The request is not valid", "One or more fields are wrong; each is listed under errors. Nothing was stored.", "Correct what `errors` names; all faults come at once."),
        new(422, "idempotency.mismatch", "The Idempotency-Key was used for another request", "A request with this key had another path or body. Take a new key for a new request; repeat a request unchanged.", "Take a new key.", "POST "),
        new(428, "precondition.required", "If-Match is required", "Send the ETag that you got with it as If-Match, so that you overwrite nobody's change.", "Send `If-Match`."),
        Of(CommonProblems.ForStatus(429), "Wait as long as `Retry-After` says."),
        Of(CommonProblems.ForStatus(500), "Repeat; quote the `traceId` to us.", InGuideOnly),
        Of(CommonProblems.ForStatus(503), "Repeat with the same `Idempotency-Key`."),
    ];

    private static KnownProblem NotFound(string what, string paths) =>
        Of(CommonProblems.NotFound(what), "Check the id, and whether key and id are both live or both test.", paths);

    /// <summary>In the words in which every service answers it.</summary>
    private static KnownProblem Of(ApiProblem problem, string remedy, string? paths = null) =>
        new(problem.Status, problem.Code, problem.Title, problem.Detail!, remedy, paths);
}

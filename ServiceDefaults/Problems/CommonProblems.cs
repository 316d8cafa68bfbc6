using Microsoft.AspNetCore.Http;

namespace Zweizeiler.ServiceDefaults.Problems;

/// <summary>The problems that every service answers in the same words.</summary>
public static class CommonProblems
{
    public static ApiProblem Validation(IReadOnlyList<Fault> faults) => new(
        StatusCodes.Status422UnprocessableEntity,
        "request.invalid",
        "The request is not valid",
        faults.Count == 1 ? faults[0].Detail : $"{faults.Count} faults; each is listed under errors. Nothing was stored.",
        faults);

    public static ApiProblem Unparsable(string detail) => new(
        StatusCodes.Status400BadRequest, "request.unparsable", "The body is not valid JSON", detail);

    public static ApiProblem NotFound(string what) => new(
        StatusCodes.Status404NotFound, $"{what}.not_found", "Not found", $"There is no such {what}, or it belongs to somebody else.");

    /// <summary>Bodies are taken as they are: what a small compressed one becomes nobody knows beforehand.</summary>
    /// <exception cref="ApiException">The body is compressed (415).</exception>
    public static void RefuseEncoded(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Any(coding => !string.IsNullOrWhiteSpace(coding) && !"identity".Equals(coding.Trim(), StringComparison.OrdinalIgnoreCase)))
        {
            throw new ApiException(new ApiProblem(
                StatusCodes.Status415UnsupportedMediaType, "body.encoded", "The body is compressed", "Send the body as it is, without Content-Encoding."));
        }
    }

    public static ApiProblem ForStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new(status, "request.bad", "Bad request", "The request could not be understood."),
        StatusCodes.Status401Unauthorized => new(
            status, "key.invalid", "No valid API key", "Send a valid key as 'Authorization: Bearer zz_live_…' or 'zz_test_…'."),
        StatusCodes.Status403Forbidden => new(status, "scope.missing", "Not permitted", "This key does not permit the operation."),
        StatusCodes.Status404NotFound => new(status, "path.not_found", "Not found", "There is nothing at this path. The API is described at /docs."),
        StatusCodes.Status405MethodNotAllowed => new(
            status, "method.not_allowed", "Method not allowed", "This path does not take that method; the Allow header lists those it takes."),
        StatusCodes.Status413PayloadTooLarge => new(
            status, "body.too_large", "The body is too large", "A body may have at most 256 KB. Split the request."),
        StatusCodes.Status415UnsupportedMediaType => new(
            status, "body.not_json", "Unsupported media type", "Send the body as 'Content-Type: application/json'."),
        StatusCodes.Status429TooManyRequests => new(status, "rate.limited", "Too many requests", "Wait as long as Retry-After says."),
        StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout => new(
            status, "service.unavailable", "Not available just now", "Try again shortly, with the same Idempotency-Key.")
        {
            RetryAfterSeconds = 2,
        },
        _ => new(status, "internal", "Something went wrong on our side", "Try again with the same Idempotency-Key; if it stays, quote the traceId."),
    };
}

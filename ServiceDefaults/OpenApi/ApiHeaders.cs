using Microsoft.Net.Http.Headers;

namespace Zweizeiler.ServiceDefaults.OpenApi;

/// <summary>A header of an answer, for the API's description.</summary>
public sealed record ApiHeader(string Description, string Example, bool IsNumber = false);

/// <summary>The headers of the API's answers: one meaning each, wherever they occur.</summary>
public static class ApiHeaders
{
    public const string IdempotentReplayed = "Idempotent-Replayed";
    public const string RateLimit = "RateLimit";
    public const string RateLimitPolicy = "RateLimit-Policy";
    public const string RequestId = "Request-Id";
    public const string CorrelationId = "X-Correlation-Id";

    public static readonly IReadOnlyDictionary<string, ApiHeader> All = new Dictionary<string, ApiHeader>(StringComparer.Ordinal)
    {
        [HeaderNames.ETag] = new("The version of what is answered. Send it back exactly so, with its quotes: as `If-Match` with a change, or as `If-None-Match` where the operation takes one.", "\"3\""),
        [HeaderNames.Location] = new("The path of what was created. There is none if several were created at once.", "/v1/jobs/job_01jdc9f4xyz7m8n9p0q1r2s3t4"),
        [HeaderNames.RetryAfter] = new("Seconds after which it makes sense to try again.", "1", IsNumber: true),
        [HeaderNames.WWWAuthenticate] = new("How to say who you are (RFC 6750); `error=\"invalid_token\"` if you sent a key that opens nothing.", "Bearer realm=\"zweizeiler\""),
        [IdempotentReplayed] = new("`true` if this is the answer to an earlier request with this `Idempotency-Key`; otherwise not there.", "true"),
        [RateLimit] = new("What is left of the quota, and in how many seconds there is more (draft-ietf-httpapi-ratelimit-headers). Every answer has it.", "\"key\";r=187;t=1"),
        [RateLimitPolicy] = new("The quota: so many requests in so many seconds. Every answer has it.", "\"key\";q=200;w=2"),
        [RequestId] = new("The request's trace, in a problem its `traceId`; quote it when asking for help. Every answer has it.", "4bf92f3577b34da6a3ce929d0e0e4736"),
        [CorrelationId] = new("The `X-Correlation-Id` of the request, if it had one: letters, digits and `-_.:~`, at most 128. Every answer has it then.", "order-4711"),
    };
}

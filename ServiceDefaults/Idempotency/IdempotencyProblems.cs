using Microsoft.AspNetCore.Http;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.ServiceDefaults.Idempotency;

/// <summary>What is said about a key, by every service in the same words.</summary>
public static class IdempotencyProblems
{
    public static ApiProblem Mismatch() => new(
        StatusCodes.Status422UnprocessableEntity,
        "idempotency.mismatch",
        "The Idempotency-Key was used for another request",
        "A request with this key had another path or body. Take a new key for a new request; repeat a request unchanged.");

    public static ApiProblem Running() => new(
        StatusCodes.Status409Conflict,
        "idempotency.running",
        "The first request is still running",
        "A request with this Idempotency-Key is being worked on. Repeat it shortly: the answer will be that of the first one.")
    {
        RetryAfterSeconds = 1,
    };

    internal static ApiProblem Invalid() => new(
        StatusCodes.Status400BadRequest,
        "idempotency.key_invalid",
        "The Idempotency-Key is not valid",
        $"Send one key of 1 to {IdempotencyKey.MaxLength} printable ASCII characters, bare or in double quotes, for example a UUID.");
}

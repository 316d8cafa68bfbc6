using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.ServiceDefaults.Idempotency;

public static class IdempotencyDescription
{
    /// <summary>The operation's description names the <c>Idempotency-Key</c> and what may be wrong with it.</summary>
    public static RouteHandlerBuilder DescribesKey(this RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(IdempotencyKey.Parameter, IdempotencyKey.Replayed, IdempotencyKey.Wait)
        .Produces<ProblemBody>(StatusCodes.Status400BadRequest, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status409Conflict, ApiProblem.ContentType)
        .Produces<ProblemBody>(StatusCodes.Status422UnprocessableEntity, ApiProblem.ContentType);
}

using System.Diagnostics;
using Microsoft.Extensions.Primitives;

namespace Zweizeiler.Gateway.Routing;

/// <summary>
/// Every answer says in <c>Request-Id</c> which trace it belongs to: the <c>traceId</c> of a problem. A client's own <c>X-Correlation-Id</c> goes on to
/// the service and comes back with the answer, if it looks like an id; otherwise it is dropped. It is the client's text, so it is in no log.
/// </summary>
internal static class CorrelationIds
{
    public const string RequestId = "Request-Id";
    public const string CorrelationId = "X-Correlation-Id";

    private const int MaxLength = 128;

    public static Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var given = context.Request.Headers[CorrelationId];
        var correlation = IsId(given) ? given.ToString() : null;
        if (correlation is null && given.Count > 0)
        {
            context.Request.Headers.Remove(CorrelationId);
        }

        var trace = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
        context.Response.OnStarting(static state =>
        {
            var (http, trace, correlation) = ((HttpContext, string, string?))state;
            http.Response.Headers[RequestId] = trace;
            http.Response.Headers[CorrelationId] = correlation;
            return Task.CompletedTask;
        }, (context, trace, correlation));
        return next(context);
    }

    private static bool IsId(StringValues values) =>
        values is [{ Length: > 0 and <= MaxLength } value] && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '~');
}

using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Zweizeiler.ServiceDefaults.Problems;

/// <summary>Turns exceptions of API requests into problem details. Pages (anything outside the API's paths) keep ASP.NET's own handling.</summary>
internal sealed partial class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!ProblemMiddleware.IsApi(httpContext))
        {
            return false;
        }

        var problem = exception switch
        {
            ApiException api => api.Problem,
            BadHttpRequestException bad => CommonProblems.ForStatus(bad.StatusCode),
            // The database is away or restarting: nothing was stored, a retry is right.
            _ when Causes(exception).OfType<NpgsqlException>().Any(e => e.IsTransient) => CommonProblems.ForStatus(StatusCodes.Status503ServiceUnavailable),
            OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested => CommonProblems.ForStatus(499),
            _ => CommonProblems.ForStatus(StatusCodes.Status500InternalServerError),
        };

        if (problem.Status >= 500)
        {
            // Type and stack only: messages of exceptions may quote what a client sent.
            LogFailed(exception.GetType().FullName, exception.StackTrace);
        }

        await problem.ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>The exception and what caused it: EF wraps a transient failure twice.</summary>
    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Request failed: {ExceptionType} {StackTrace}")]
    private partial void LogFailed(string? exceptionType, string? stackTrace);
}

internal static class ProblemMiddleware
{
    /// <summary>API paths get problem details; pages are left alone. Case does not matter, as it does not to the routing.</summary>
    public static bool IsApi(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/v1")
        || context.Request.Path.StartsWithSegments("/internal")
        || context.Request.Path.StartsWithSegments("/operations");

    /// <summary>Gives an empty error response (401 of the authentication, 404 of the routing, 415 of the binding) its problem body.</summary>
    public static async Task WriteForEmptyResponse(StatusCodeContext context)
    {
        var http = context.HttpContext;
        if (IsApi(http))
        {
            await CommonProblems.ForStatus(http.Response.StatusCode).ExecuteAsync(http);
        }
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Zweizeiler.ServiceDefaults.Http;

/// <summary>
/// Names what stands after the question mark of an operation that takes no parameters, so that nobody waits for a filter to work that there is not.
/// Operations that take some read them with <see cref="QueryReader"/>, which does the same.
/// </summary>
internal static class UnknownParameters
{
    public static Task RunAsync(HttpContext context, RequestDelegate next)
    {
        // An operation of the API has a name; the gateway's routes, which pass everything on, have none.
        if (context.Request.Query.Count > 0
            && context.Request.Path.StartsWithSegments("/v1")
            && context.GetEndpoint() is { } endpoint
            && endpoint.Metadata.GetMetadata<IEndpointNameMetadata>() is not null
            && endpoint.Metadata.GetMetadata<QueryParameters>() is null)
        {
            new QueryReader(context.Request.Query, new QueryParameters()).Faults.ThrowIfAny();
        }

        return next(context);
    }
}

using Microsoft.AspNetCore.Http;

namespace Zweizeiler.ServiceDefaults.Http;

/// <summary>HEAD is answered wherever GET is, as GET but for the body, which the web server leaves out (RFC 9110, 9.3.2). Comes before the routing.</summary>
internal static class HeadRequests
{
    public static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        // The portal's pages answer HEAD themselves, and its live feed would never end.
        if (!HttpMethods.IsHead(context.Request.Method) || context.Request.Path.StartsWithSegments("/portal"))
        {
            await next(context);
            return;
        }

        context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
        }
    }
}

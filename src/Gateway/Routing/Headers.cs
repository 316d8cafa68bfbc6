using System.Net.Http.Headers;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;
using Zweizeiler.Gateway.Keys;

namespace Zweizeiler.Gateway.Routing;

/// <summary>What of a request's headers goes on to a service: nothing that a client could pretend to be somebody else with.</summary>
internal static class Headers
{
    private static readonly string[] NeverForwarded = ["Authorization", "Forwarded", "X-Real-IP", "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override", "baggage"];
    private static readonly string[] NeverForwardedPrefixes = ["X-Forwarded-", "X-Original-", "X-Internal-", "X-Zweizeiler-"];

    public static void Configure(TransformBuilderContext context)
    {
        var isApi = context.Route.AuthorizationPolicy == Routes.ApiKeyPolicy;
        var service = context.Route.ClusterId!;
        // First everything of that sort goes, then comes what is ours.
        context.AddRequestTransform(transform =>
        {
            Strip(transform.ProxyRequest.Headers, transform.HttpContext.Request.Headers.Connection, isApi);
            return ValueTask.CompletedTask;
        });
        context.AddResponseTransform(transform =>
        {
            if (transform.ProxyResponse is { } answer)
            {
                Strip(transform.HttpContext.Response.Headers, answer.Headers.Connection);
            }

            return ValueTask.CompletedTask;
        });
        context.AddXForwarded(ForwardedTransformActions.Set);
        if (isApi)
        {
            context.AddRequestTransform(async transform =>
            {
                var services = transform.HttpContext.RequestServices;
                var caller = ApiKeyAuthentication.CallerOf(transform.HttpContext)
                    ?? throw new InvalidOperationException("A request without a caller came through an API route.");
                var token = await services.GetRequiredService<CallerTokens>().ForAsync(caller, service);
                transform.ProxyRequest.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            });
        }
    }

    private static void Strip(HttpRequestHeaders headers, StringValues connection, bool isApi)
    {
        foreach (var name in HopByHop(connection))
        {
            headers.Remove(name);
        }

        foreach (var name in NeverForwarded)
        {
            headers.Remove(name);
        }

        if (isApi)
        {
            headers.Remove("Cookie");
        }

        // As they came: otherwise each is parsed, only to be named.
        foreach (var name in headers.NonValidated.Select(h => h.Key).Where(IsOfOurs).ToList())
        {
            headers.Remove(name);
        }
    }

    /// <summary>The house's own headers end here, and what the service said to this hop only.</summary>
    private static void Strip(IHeaderDictionary headers, HttpHeaderValueCollection<string> connection)
    {
        foreach (var name in connection)
        {
            headers.Remove(name);
        }

        foreach (var name in headers.Keys.Where(IsOfOurs).ToList())
        {
            headers.Remove(name);
        }
    }

    /// <summary>
    /// RFC 9110, 7.6.1: what a client names in Connection is meant for this hop. YARP knows the standard ones only. (Beside <c>close</c> or <c>keep-alive</c>
    /// the web server keeps none of the names; then nobody can name what is to be dropped, either.)
    /// </summary>
    private static IEnumerable<string> HopByHop(StringValues connection) => connection.Count == 0
        ? []
        : connection.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Where(IsToken);

    private static bool IsToken(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));

    private static bool IsOfOurs(string name) => NeverForwardedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}

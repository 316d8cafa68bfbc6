using Yarp.ReverseProxy.Configuration;
using Zweizeiler.Gateway.Keys;

namespace Zweizeiler.Gateway.Routing;

/// <summary>Which path goes to which service is said in appsettings.json, section <see cref="Section"/>.</summary>
internal static class Routes
{
    public const string Section = "ReverseProxy";

    /// <summary>Policy of routes that need an API key; its name is also how transforms tell them.</summary>
    public const string ApiKeyPolicy = ApiKeyAuthentication.SchemeName;
}

/// <summary>A gateway without routes, or with one that leaves open who may come in, does not start.</summary>
internal sealed class StatedRoutes : IProxyConfigFilter
{
    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel) => ValueTask.FromResult(cluster);

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) =>
        route.AuthorizationPolicy is { Length: > 0 } && (route.Timeout is not null || route.TimeoutPolicy is not null)
            ? ValueTask.FromResult(route)
            : throw new InvalidOperationException($"The route '{route.RouteId}' must state AuthorizationPolicy and Timeout or TimeoutPolicy.");

    public static void RequireAny(IConfiguration configuration)
    {
        if (!configuration.GetSection($"{Routes.Section}:Routes").GetChildren().Any())
        {
            throw new InvalidOperationException($"No routes: appsettings.json with the section {Routes.Section} was not found.");
        }
    }
}

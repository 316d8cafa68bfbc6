using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Yarp.ReverseProxy.Model;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Architecture.Tests.Rules;

internal static class EndpointRules
{
    /// <summary>Every endpoint says itself who may call it; the fallback policy is a net, not a statement.</summary>
    public static IEnumerable<string> WithoutAuthorization(IEnumerable<Endpoint> endpoints) =>
        endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is null
                && endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is null
                && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(endpoint => endpoint is RouteEndpoint route ? $"{route.RoutePattern.RawText} ({endpoint.DisplayName})" : endpoint.DisplayName ?? "?");

    /// <summary>What is for programs (the API and the house's own calls) names the scope that it needs; being signed in somehow is not enough.</summary>
    public static IEnumerable<string> WithoutScope(IEnumerable<Endpoint> endpoints) =>
        endpoints.OfType<RouteEndpoint>()
            .Where(IsForPrograms)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
                || (endpoint.Metadata.GetMetadata<AnyKey>() is null
                    && !endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>().Any(policy => policy.Requirements.OfType<ScopeRequirement>().Any())))
            .Select(endpoint => endpoint.RoutePattern.RawText!);

    /// <summary>At the gateway everything of the API needs an API key.</summary>
    public static IEnumerable<string> WithoutKey(IEnumerable<Endpoint> endpoints) =>
        endpoints.OfType<RouteEndpoint>()
            .Where(IsForPrograms)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy != "ApiKey")
            .Select(endpoint => endpoint.RoutePattern.RawText!);

    /// <summary>The service that the gateway's routes lead a path to; null if they lead nowhere.</summary>
    public static string? ServiceOf(string path, IEnumerable<Endpoint> gateway) =>
        gateway.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<RouteModel>() is not null)
            .Where(endpoint => new TemplateMatcher(TemplateParser.Parse(endpoint.RoutePattern.RawText!), []).TryMatch(path, []))
            .Select(endpoint => endpoint.Metadata.GetMetadata<RouteModel>()!.Config.ClusterId)
            .FirstOrDefault();

    private static bool IsForPrograms(RouteEndpoint endpoint) =>
        $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}" is var path
        && (path.StartsWith("/v1/", StringComparison.Ordinal) || path.StartsWith("/internal/", StringComparison.Ordinal));
}

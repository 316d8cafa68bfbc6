using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

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
}

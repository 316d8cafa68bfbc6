using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.ServiceDefaults.Identity;

/// <summary>Asks for a scope of the API key; 403 names the missing one.</summary>
public sealed class ScopeRequirement(string scope) : IAuthorizationRequirement
{
    public string Scope { get; } = scope;
}

internal sealed class ScopeHandler : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        var scopes = context.User.FindFirst("scope")?.Value.Split(' ') ?? [];
        if (scopes.Contains(requirement.Scope, StringComparer.Ordinal))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

public static class ScopeAuthorizationExtensions
{
    /// <summary>The endpoint takes an internal token whose key has <paramref name="scope"/>.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(policy => policy
            .AddAuthenticationSchemes(InternalAuthentication.Scheme)
            .RequireAuthenticatedUser()
            .AddRequirements(new ScopeRequirement(scope)));

    /// <summary>The endpoint takes any internal token: what it answers is no secret among merchants.</summary>
    public static TBuilder RequireAnyKey<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder
        .RequireAuthorization(policy => policy.AddAuthenticationSchemes(InternalAuthentication.Scheme).RequireAuthenticatedUser())
        .WithMetadata(new AnyKey());
}

/// <summary>Writes which scope is missing, where ASP.NET would answer an empty 403.</summary>
internal sealed class ScopeResultHandler : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _default = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Forbidden
            && authorizeResult.AuthorizationFailure?.FailedRequirements.OfType<ScopeRequirement>().FirstOrDefault() is { } missing)
        {
            await new ApiProblem(
                StatusCodes.Status403Forbidden,
                "scope.missing",
                "Not permitted",
                $"This operation needs a key with the scope '{missing.Scope}'.").ExecuteAsync(context);
            return;
        }

        await _default.HandleAsync(next, context, policy, authorizeResult);
    }
}

/// <summary>Says that an endpoint needs a key and no scope on purpose.</summary>
public sealed record AnyKey;

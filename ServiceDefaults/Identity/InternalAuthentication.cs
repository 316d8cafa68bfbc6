using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace Zweizeiler.ServiceDefaults.Identity;

public static class InternalAuthentication
{
    /// <summary>Name of the authentication scheme; the default one unless a service sets its own.</summary>
    public const string Scheme = "Internal";

    internal static void Add(IServiceCollection services, IConfiguration configuration, string audience)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<Caller>();
        services.AddSingleton<InternalTokens>();
        services.AddSingleton<IAuthorizationHandler, ScopeHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ScopeResultHandler>();
        services.AddAuthentication(Scheme).AddJwtBearer(Scheme, options =>
        {
            options.MapInboundClaims = false;
            options.TokenHandlers.Clear();
            options.TokenHandlers.Add(new RememberingTokenHandler());
        });
        services.AddOptions<JwtBearerOptions>(Scheme).Configure<TimeProvider>((options, time) =>
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = InternalTokens.Issuer,
                ValidAudience = audience,
                IssuerSigningKey = InternalTokens.SigningKey(configuration),
                ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
                RequireExpirationTime = true,
                RequireSignedTokens = true,
                // Replicas on machines whose clocks differ by a little still understand each other.
                ClockSkew = TimeSpan.FromSeconds(10),
                LifetimeValidator = (notBefore, expires, _, parameters) =>
                    time.GetUtcNow().UtcDateTime is var now && notBefore - parameters.ClockSkew <= now && now < expires + parameters.ClockSkew,
            });
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}

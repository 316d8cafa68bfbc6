using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Marketplace.Portal;

/// <summary>Who may see what in the portal.</summary>
public static class Policies
{
    public const string Translator = "portal-translator";
    public const string Operator = "portal-operator";

    /// <summary>Anybody who is signed in.</summary>
    public const string Person = "portal-person";

    public static void Add(IServiceCollection services) => services.AddAuthorizationBuilder()
        .AddPolicy(Translator, p => p.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireRole(Role.Translator))
        .AddPolicy(Operator, p => p.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireRole(Role.Operator))
        .AddPolicy(Person, p => p.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireRole(Role.Translator, Role.Operator));

    /// <summary>The translator who is signed in; her account has the same id.</summary>
    public static Guid TranslatorId(this ClaimsPrincipal user) =>
        Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("Nobody is signed in."), CultureInfo.InvariantCulture);
}

using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Zweizeiler.Marketplace.Domain;
using Claim = System.Security.Claims.Claim;

namespace Zweizeiler.Marketplace.Portal;

/// <summary>Puts into the cookie what every page needs of its reader, so that no page has to ask the database for it.</summary>
public sealed class AccountClaims(UserManager<Account> users, RoleManager<IdentityRole<Guid>> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Account, IdentityRole<Guid>>(users, roles, options)
{
    public const string DisplayName = "display_name";
    public const string Locale = "locale";
    public const string TimeZone = "time_zone";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaims([new Claim(DisplayName, user.DisplayName), new Claim(Locale, user.Locale), new Claim(TimeZone, user.TimeZone)]);
        return identity;
    }
}

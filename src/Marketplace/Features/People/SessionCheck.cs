using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Claims;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>
/// Asks with each request whether a session still holds: a new password, or an operator, ends it on all replicas at once and not after half an hour,
/// as Identity by itself would. One look by the primary key.
/// </summary>
public sealed class SessionCheck(MarketplaceDbContext db, IOptions<IdentityOptions> options) : ISecurityStampValidator
{
    // Each page asks it: it is translated once.
    private static readonly Func<MarketplaceDbContext, Guid, string?, CancellationToken, Task<bool>> Holds = EF.CompileAsyncQuery(
        (MarketplaceDbContext db, Guid id, string? stamp, CancellationToken _) =>
            db.Users.Any(u => u.Id == id && u.SecurityStamp == stamp && u.ShutOutAt == null && u.EmailConfirmed));

    public async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        if (http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            // Nothing there depends on who somebody is; and style sheets come while the database is away.
            return;
        }

        var stamp = context.Principal?.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType);
        var isSomebody = Guid.TryParse(context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id);
        if (isSomebody && http.Features.Get<LateClaim>() is { } late && late.Winner != id)
        {
            // She is told that somebody else was faster, and nothing else is done.
            return;
        }

        if (!isSomebody || !await Holds(db, id, stamp, http.RequestAborted))
        {
            context.RejectPrincipal();
            await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        }
    }
}

/// <summary>Who may sign in at all: a confirmed address, and no operator who says no.</summary>
public sealed class MaySignIn : IUserConfirmation<Account>
{
    public Task<bool> IsConfirmedAsync(UserManager<Account> manager, Account user) => Task.FromResult(user is { EmailConfirmed: true, ShutOutAt: null });
}

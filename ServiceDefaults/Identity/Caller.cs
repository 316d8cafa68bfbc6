using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Zweizeiler.ServiceDefaults.Identity;

/// <summary>The merchant on whose behalf the current request runs; scoped, read from the internal token.</summary>
public sealed class Caller(IHttpContextAccessor accessor)
{
    private ClaimsPrincipal User => accessor.HttpContext?.User ?? throw new InvalidOperationException("There is no request.");

    public Guid MerchantId => Guid.ParseExact(Claim("merchant"), "N");

    public Guid KeyId => Guid.ParseExact(Claim("key"), "N");

    /// <summary>Who acts, where the scope is an operator's.</summary>
    public Guid OperatorId => KeyId;

    public string Mode => Claim("mode");

    /// <summary>The key's spending limit as its maker wrote it; null if it has none.</summary>
    public string? SpendingLimit => User.FindFirstValue("spending_limit");

    /// <summary>Null outside a request or before sign-in: for the tenant filter, which then matches nothing.</summary>
    public Guid? MerchantIdOrNull =>
        Guid.TryParseExact(accessor.HttpContext?.User.FindFirstValue("merchant"), "N", out var id) && id != Guid.Empty ? id : null;

    private string Claim(string type) => User.FindFirstValue(type) ?? throw new InvalidOperationException($"The token has no claim '{type}'.");
}

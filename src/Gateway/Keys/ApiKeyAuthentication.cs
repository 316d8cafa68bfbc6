using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Polly;
using Zweizeiler.Gateway.Limits;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Gateway.Keys;

/// <summary><c>Authorization: Bearer zz_…</c>: the merchant's API key.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyResolver keys, RateLimits limits)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    // A handler serves one request.
    private bool _isNoted;
    private bool _isRefused;

    /// <summary>Whom the request comes from, for the token that goes with it.</summary>
    public static CallerClaims? CallerOf(HttpContext context) => context.Features.Get<CallerClaims>();

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
            || !"Bearer".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase)
            || header.Parameter is not { } key)
        {
            return AuthenticateResult.NoResult();
        }

        if (!limits.MayTry(Context) && !keys.OpenedLately(key))
        {
            _isRefused = true;
            return AuthenticateResult.Fail("Too many keys of this address opened nothing.");
        }

        ResolvedKey? resolved;
        try
        {
            resolved = await keys.ResolveAsync(key, Context.RequestAborted);
        }
        catch (Exception e) when (e is HttpRequestException or ExecutionRejectedException or TaskCanceledException && !Context.RequestAborted.IsCancellationRequested)
        {
            // Whether the key is good cannot be known now; nobody gets in on a guess.
            throw new ApiException(CommonProblems.ForStatus(StatusCodes.Status503ServiceUnavailable));
        }

        if (resolved is null)
        {
            _isNoted = true;
            limits.NoteStranger(Context);
            return AuthenticateResult.Fail("The key opens nothing.");
        }

        Context.Features.Set(new CallerClaims(resolved.MerchantId, resolved.KeyId, resolved.Mode, [.. resolved.Scopes], resolved.SpendingLimit));
        var identity = new ClaimsIdentity([new Claim("key", resolved.KeyId.ToString("N"))], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_isRefused || (!_isNoted && !limits.NoteStranger(Context)))
        {
            return limits.StrangerRefusal().ExecuteAsync(Context);
        }

        // RFC 6750: without credentials the challenge names no error.
        Response.Headers.WWWAuthenticate = Request.Headers.Authorization.Count == 0
            ? "Bearer realm=\"zweizeiler\""
            : "Bearer realm=\"zweizeiler\", error=\"invalid_token\"";
        return CommonProblems.ForStatus(StatusCodes.Status401Unauthorized).ExecuteAsync(Context);
    }
}

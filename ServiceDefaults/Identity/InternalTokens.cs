using System.Security.Claims;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Zweizeiler.ServiceDefaults.Identity;

/// <summary>
/// The short-lived signed tokens with which the gateway speaks to the services. Only the gateway mints them; services accept nothing else.
/// </summary>
public sealed class InternalTokens(IConfiguration configuration, TimeProvider time)
{
    public const string Issuer = "zweizeiler-gateway";

    /// <summary>Long enough for a slow request, short enough to be worthless when found in a dump.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly Lazy<SigningCredentials> _credentials = new(() => new SigningCredentials(SigningKey(configuration), SecurityAlgorithms.HmacSha256));

    public string Mint(string audience, CallerClaims caller)
    {
        var now = time.GetUtcNow();
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Subject = new ClaimsIdentity(caller.ToClaims()),
            SigningCredentials = _credentials.Value,
        });
    }

    internal static SymmetricSecurityKey SigningKey(IConfiguration configuration)
    {
        var key = configuration["Identity:SigningKey"];
        return key is { Length: >= 32 }
            ? new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key))
            : throw new InvalidOperationException("Identity:SigningKey must be set to a secret of at least 32 characters, the same for all services.");
    }
}

/// <summary>Who is calling, as the gateway found out from the API key.</summary>
/// <param name="MerchantId">The merchant; every query is bound to it.</param>
/// <param name="KeyId">The API key used.</param>
/// <param name="Mode"><c>live</c> or <c>test</c>.</param>
/// <param name="Scopes">What the key permits.</param>
/// <param name="SpendingLimit">The key's spending limit in the words of Orders, which made the key and reads it again; null if it has none.</param>
public sealed record CallerClaims(Guid MerchantId, Guid KeyId, string Mode, IReadOnlyCollection<string> Scopes, string? SpendingLimit = null)
{
    internal IEnumerable<Claim> ToClaims() =>
    [
        new("merchant", MerchantId.ToString("N")),
        new("key", KeyId.ToString("N")),
        new("mode", Mode),
        new("scope", string.Join(' ', Scopes)),
        .. SpendingLimit is null ? [] : (Claim[])[new("spending_limit", SpendingLimit)],
    ];

    /// <summary>The gateway calling on its own behalf, for example to resolve a key.</summary>
    public static CallerClaims Internal { get; } = new(Guid.Empty, Guid.Empty, "live", [Scope.Internal]);

    /// <summary>An operator, whom the portal has signed in; what she does is kept under her id.</summary>
    public static CallerClaims Operator(Guid operatorId) => new(Guid.Empty, operatorId, "live", [Scope.Operator]);
}

/// <summary>What a key may permit, and what the gateway itself may do.</summary>
public static class Scope
{
    public const string Quote = "quote";
    public const string Order = "order";
    public const string Read = "read";
    public const string Admin = "admin";
    public const string Internal = "internal";

    /// <summary>A service on behalf of somebody who has the portal's operator role; no key has it.</summary>
    public const string Operator = "operator";

    public static readonly IReadOnlyList<string> All = [Quote, Order, Read, Admin];
}

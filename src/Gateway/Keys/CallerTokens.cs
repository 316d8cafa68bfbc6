using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Gateway.Keys;

/// <summary>Internal tokens for callers, one for each key and service, used for half of their lifetime: signing each request anew would cost more than the rest of it.</summary>
internal sealed class CallerTokens(InternalTokens tokens, TimeProvider time)
{
    private readonly TimedCache<(Guid Key, string Audience), string> _cache = new(InternalTokens.Lifetime / 2, time);

    public ValueTask<string> ForAsync(CallerClaims caller, string audience) =>
        _cache.GetAsync((caller.KeyId, audience), key => Task.FromResult(tokens.Mint(key.Audience, caller)));
}

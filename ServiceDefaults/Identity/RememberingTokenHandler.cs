using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Zweizeiler.ServiceDefaults.Identity;

/// <summary>
/// Validates a token once and remembers that it was good, since the gateway sends the same one with every request of a key for half of its lifetime.
/// What changes with time, its lifetime, is looked at each time; what was refused is not remembered.
/// </summary>
internal sealed class RememberingTokenHandler : JsonWebTokenHandler
{
    /// <summary>When more are kept, all are let go: they are validated again, once each.</summary>
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, TokenValidationResult> _good = new(StringComparer.Ordinal);

    public RememberingTokenHandler() => MapInboundClaims = false;

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (_good.TryGetValue(token, out var known))
        {
            if (validationParameters.LifetimeValidator(known.SecurityToken.ValidFrom, known.SecurityToken.ValidTo, known.SecurityToken, validationParameters))
            {
                return known;
            }

            _good.TryRemove(token, out _);
        }

        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid)
        {
            if (_good.Count >= Capacity)
            {
                _good.Clear();
            }

            _good[token] = result;
        }

        return result;
    }
}

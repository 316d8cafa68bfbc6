using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Gateway.Keys;

/// <summary>Whose key it is and what it permits.</summary>
public sealed record ResolvedKey(Guid KeyId, Guid MerchantId, string Mode, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt, string? SpendingLimit = null);

/// <summary>
/// Finds out whose key was sent, by its hash: the key itself goes no further than this process. Answers are kept for two seconds, so a revoked
/// key is dead after that even when the message of its revocation is late.
/// </summary>
internal sealed class KeyResolver(IHttpClientFactory clients, InternalTokens tokens, TimeProvider time)
{
    public const string Client = "keys";
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(10);

    private readonly TimedCache<string, ResolvedKey?> _cache = new(KeptFor, time);
    private readonly TimedCache<string, bool> _lately = new(Lately, time);

    /// <summary>Null if the key opens nothing.</summary>
    public async ValueTask<ResolvedKey?> ResolveAsync(string key, CancellationToken cancellationToken)
    {
        var resolved = LooksLikeKey(key) ? await _cache.GetAsync(HashOf(key), AskAsync, cancellationToken) : null;
        return resolved?.ExpiresAt <= time.GetUtcNow() ? null : resolved;
    }

    /// <summary>Whether the key opened something in the last minutes: whoever guesses does not hold up those who know.</summary>
    public bool OpenedLately(string key) => LooksLikeKey(key) && _lately.Contains(HashOf(key));

    /// <summary>Forgets everything: a key was revoked, and by its id alone its hash is not known.</summary>
    public void Forget() => _cache.Clear();

    private async Task<ResolvedKey?> AskAsync(string hash)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://orders/internal/api-keys/resolve");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Mint("orders", CallerClaims.Internal));
        request.Content = JsonContent.Create(new { hash });
        using var response = await clients.CreateClient(Client).SendAsync(request);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        await _lately.GetAsync(hash, _ => Task.FromResult(true));
        return await response.Content.ReadFromJsonAsync<ResolvedKey>();
    }

    /// <summary>Spares the look-up of what can be no key.</summary>
    private static bool LooksLikeKey(string key) =>
        key.Length is > 12 and <= 128
        && (key.StartsWith("zz_live_", StringComparison.Ordinal) || key.StartsWith("zz_test_", StringComparison.Ordinal))
        && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}

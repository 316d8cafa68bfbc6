using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Zweizeiler.ServiceDefaults.Identity;

/// <summary>
/// Links by which somebody gets to the preferences of her mails without signing in: from each mail, and from the portal. Whoever has such a link can
/// change what is mailed, and read nothing else. Links in old mails work as long as <c>Mail:LinkKey</c> stays.
/// </summary>
public sealed class PreferenceLinks(IConfiguration configuration)
{
    private const int SignatureSize = 16;

    private readonly Lazy<byte[]> _secret = new(() => configuration["Mail:LinkKey"] is { Length: >= 32 } key
        ? Encoding.UTF8.GetBytes(key)
        : throw new InvalidOperationException("Mail:LinkKey must be set to a secret of at least 32 characters, the same for Notifications and Marketplace."));

    /// <summary>The page with everything.</summary>
    public string Preferences(Guid recipient) => $"/notifications/preferences?{Query(recipient)}";

    /// <summary>Stops one kind: a page that asks for a GET, done at once for a POST (RFC 8058).</summary>
    public string Unsubscribe(Guid recipient, string kind) => $"/notifications/unsubscribe?{Query(recipient)}&kind={Uri.EscapeDataString(kind)}";

    public bool Verify(string? of, string? key, out Guid recipient) =>
        PublicId.TryParse("rcp", of, out recipient)
        && key is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(key), Encoding.ASCII.GetBytes(Sign("preferences", $"{recipient:N}")));

    /// <summary>A short signature of what nobody else may make up, for the given purpose.</summary>
    public string Sign(string purpose, string what) => Base64Url.EncodeToString(Mac(purpose, what));

    /// <summary>The same as bytes.</summary>
    public byte[] Mac(string purpose, string what)
    {
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret.Value, 32, info: Encoding.UTF8.GetBytes($"zweizeiler mail {purpose} 1"));
        return HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(what))[..SignatureSize];
    }

    private string Query(Guid recipient) => $"of={PublicId.Format("rcp", recipient)}&key={Sign("preferences", $"{recipient:N}")}";
}

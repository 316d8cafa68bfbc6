using System.Security.Cryptography;
using Zweizeiler.Contracts;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Notifications.Features.WebhookEndpoints;

/// <summary>
/// Makes and keeps the endpoints' signing secrets. They must be readable to sign, so they rest sealed with a key that this service alone has;
/// it cannot open any text of a job.
/// </summary>
public sealed class WebhookSecrets(IConfiguration configuration)
{
    private const string Prefix = "whsec_";
    private const string Purpose = "webhook-secret";

    private readonly Lazy<TextVault> _vault = new(() => new TextVault(
        configuration["Webhooks:MasterKey"] is { Length: >= 32 } key
            ? key
            : throw new InvalidOperationException("Webhooks:MasterKey must be set to a secret of at least 32 characters.")));

    /// <summary>A new secret: shown to the merchant once, and as it is stored.</summary>
    public (string Shown, SealedText Sealed, WrappedDataKey Key) Create(Guid endpoint)
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var key = _vault.Value.CreateDataKey();
        return (Prefix + Convert.ToBase64String(secret), _vault.Value.Seal(key, endpoint, Purpose, secret), key);
    }

    /// <summary>Seals what may show a secret, for example an answer that is kept.</summary>
    public (SealedText Sealed, WrappedDataKey Key) Seal<T>(Guid owner, string purpose, T value)
    {
        var key = _vault.Value.CreateDataKey();
        return (_vault.Value.Seal(key, owner, purpose, value), key);
    }

    public T Open<T>(Guid owner, string purpose, SealedText text, WrappedDataKey key) => _vault.Value.Open<T>(key, owner, purpose, text);

    /// <summary>The keys to sign with, the newest first; two while one replaces the other.</summary>
    public IReadOnlyList<byte[]> ValidAt(WebhookEndpoint endpoint, DateTimeOffset now)
    {
        var newest = _vault.Value.Open<byte[]>(endpoint.SecretKey, endpoint.Id, Purpose, endpoint.Secret);
        return endpoint is { PreviousSecret: { } secret, PreviousSecretKey: { } key } && endpoint.PreviousUntil > now
            ? [newest, _vault.Value.Open<byte[]>(key, endpoint.Id, Purpose, secret)]
            : [newest];
    }
}

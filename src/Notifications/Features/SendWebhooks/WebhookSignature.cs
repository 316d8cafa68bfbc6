using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Zweizeiler.Notifications.Features.SendWebhooks;

/// <summary>Standard Webhooks: HMAC-SHA256 over id, time and body, base64, with its version before it.</summary>
public static class WebhookSignature
{
    public static string Sign(byte[] secret, string id, DateTimeOffset timestamp, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp.ToUnixTimeSeconds()}."));
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, (byte[])[.. head, .. body]));
    }
}

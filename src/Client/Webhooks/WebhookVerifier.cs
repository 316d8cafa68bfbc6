using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Zweizeiler.Client;

/// <summary>
/// Checks that a webhook came from Zweizeiler, unchanged and just now, as the Standard Webhooks specification says: HMAC-SHA256 over
/// <c>id.timestamp.body</c>, in constant time. Give it the body's bytes as received: re-serialised JSON has another signature.
/// </summary>
public sealed class WebhookVerifier
{
    /// <summary>The header with the message's id; the same on every attempt, so that you can tell repetitions.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>The header with the time of sending, seconds since 1970.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>The header with one or more signatures.</summary>
    public const string SignatureHeader = "webhook-signature";

    private const string SecretPrefix = "whsec_";
    private const string Version = "v1,";

    private readonly byte[][] _keys;
    private readonly TimeSpan _tolerance;
    private readonly TimeProvider _time;

    /// <summary>A verifier for an endpoint's secret.</summary>
    /// <param name="secret"><c>whsec_…</c>, as shown when the endpoint was made.</param>
    /// <param name="tolerance">How old or early a message may be; 5 minutes by default.</param>
    /// <param name="time">The clock.</param>
    public WebhookVerifier(string secret, TimeSpan? tolerance = null, TimeProvider? time = null)
        : this([secret], tolerance, time)
    {
    }

    /// <summary>A verifier that takes any of several secrets, while one replaces the other.</summary>
    /// <param name="secrets">One or more <c>whsec_…</c>.</param>
    /// <param name="tolerance">How old or early a message may be; 5 minutes by default.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">There is no secret, or one is not a webhook secret.</exception>
    public WebhookVerifier(IEnumerable<string> secrets, TimeSpan? tolerance = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        _keys = [.. secrets.Select(Key)];
        if (_keys.Length == 0)
        {
            throw new ArgumentException("At least one secret is needed.", nameof(secrets));
        }

        _tolerance = tolerance ?? TimeSpan.FromMinutes(5);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Verifies and reads a webhook.</summary>
    /// <param name="id">Value of <see cref="IdHeader"/>.</param>
    /// <param name="timestamp">Value of <see cref="TimestampHeader"/>.</param>
    /// <param name="signatures">Value of <see cref="SignatureHeader"/>.</param>
    /// <param name="body">The body, byte for byte.</param>
    /// <returns>The message.</returns>
    /// <exception cref="WebhookVerificationException">It is not to be trusted; answer 400 and forget it.</exception>
    public WebhookMessage Verify(string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body)
    {
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signatures))
        {
            throw new WebhookVerificationException("A webhook header is missing.");
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 253_402_300_799)
        {
            throw new WebhookVerificationException("The timestamp is not a number of seconds.");
        }

        if ((_time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > _tolerance)
        {
            throw new WebhookVerificationException("The timestamp is too far from now; the message may be a replay.");
        }

        if (!_keys.Any(Matches(id, timestamp, signatures, body.ToArray())))
        {
            throw new WebhookVerificationException("No signature matches.");
        }

        try
        {
            return JsonSerializer.Deserialize(body, ApiJson.Default.WebhookBody) is { } message
                ? new WebhookMessage(id, message.Type, message.Timestamp, message.Data, message.Number)
                : throw new WebhookVerificationException("The body is empty.");
        }
        catch (JsonException)
        {
            throw new WebhookVerificationException("The body is not a webhook message.");
        }
    }

    private static Func<byte[], bool> Matches(string id, string timestamp, string signatures, byte[] body)
    {
        var signed = new byte[Encoding.UTF8.GetByteCount(id) + Encoding.UTF8.GetByteCount(timestamp) + 2 + body.Length];
        var length = Encoding.UTF8.GetBytes($"{id}.{timestamp}.", signed);
        body.CopyTo(signed, length);
        var given = signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(s => s.StartsWith(Version, StringComparison.Ordinal))
            .Select(s => Decode(s[Version.Length..]))
            .ToList();
        return key =>
        {
            var expected = HMACSHA256.HashData(key, signed);
            return given.Any(signature => CryptographicOperations.FixedTimeEquals(expected, signature));
        };
    }

    private static byte[] Decode(string base64)
    {
        var bytes = new byte[64];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : [];
    }

    private static byte[] Key(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        try
        {
            if (secret.StartsWith(SecretPrefix, StringComparison.Ordinal)
                && Convert.FromBase64String(secret[SecretPrefix.Length..]) is { Length: > 0 } key)
            {
                return key;
            }
        }
        catch (FormatException)
        {
            // Said below, without quoting the secret.
        }

        throw new ArgumentException("A webhook secret is 'whsec_' and base64.", nameof(secret));
    }
}

/// <summary>A webhook that cannot be trusted.</summary>
/// <param name="message">Why.</param>
public sealed class WebhookVerificationException(string message) : Exception(message);

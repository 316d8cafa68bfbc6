using System.Security.Cryptography;
using System.Text;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Idempotency;

/// <summary>The <c>Idempotency-Key</c> of a request and what it was used for.</summary>
/// <param name="Value">The key without quotes.</param>
/// <param name="Fingerprint">SHA-256 of method, path and body.</param>
internal sealed record IdempotencyKey(string Value, byte[] Fingerprint)
{
    public const string Header = "Idempotency-Key";
    public const int MaxLength = 255;

    /// <summary>Null if the request has none.</summary>
    /// <exception cref="ApiException">What it has is no key (400).</exception>
    public static IdempotencyKey? Of(EndpointFilterInvocationContext context)
    {
        var request = context.HttpContext.Request;
        var values = request.Headers[Header];
        if (values.Count == 0)
        {
            return null;
        }

        var value = Unquote((values.Count == 1 ? values[0] : null)?.Trim() ?? "");
        if (value.Length is 0 or > MaxLength || value.Any(c => c is < ' ' or > '~'))
        {
            throw new ApiException(new ApiProblem(
                StatusCodes.Status400BadRequest,
                "idempotency.key_invalid",
                "The Idempotency-Key is not valid",
                $"Send one key of 1 to {MaxLength} printable ASCII characters, bare or in double quotes, for example a UUID."));
        }

        var body = context.Arguments.OfType<IRawBody>().FirstOrDefault()?.Raw ?? default;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"));
        hash.AppendData(body.Span);
        return new IdempotencyKey(value, hash.GetHashAndReset());
    }

    /// <summary>The header's standard wants a quoted string, most clients send it bare; both name the same key.</summary>
    private static string Unquote(string text) => text is ['"', .. var inner, '"']
        ? inner.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
        : text;
}

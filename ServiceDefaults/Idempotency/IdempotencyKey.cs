using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.ServiceDefaults.Idempotency;

/// <summary>The <c>Idempotency-Key</c> of a request and what it was used for.</summary>
/// <param name="Value">The key without quotes.</param>
/// <param name="Fingerprint">SHA-256 of method, path and body.</param>
public sealed record IdempotencyKey(string Value, byte[] Fingerprint)
{
    public const string Header = "Idempotency-Key";
    public const int MaxLength = 255;

    /// <summary>How long the first answer is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>For the description of every operation that takes one.</summary>
    public static readonly HeaderParameter Parameter = new(
        Header,
        "Any text of your own that names this request, for example a UUID. Repeated within 24 hours with the same body, the request is not worked on again: the first answer comes again, with `Idempotent-Replayed: true`.",
        MaxLength);

    /// <summary>For the description: an answer that comes again says so.</summary>
    public static readonly ResponseHeader Replayed = new(
        ApiHeaders.IdempotentReplayed, StatusCodes.Status200OK, StatusCodes.Status201Created, StatusCodes.Status202Accepted);

    /// <summary>For the description: a refusal that is kept comes again too.</summary>
    public static readonly ResponseHeader ReplayedRefusal = new(
        ApiHeaders.IdempotentReplayed, StatusCodes.Status402PaymentRequired, StatusCodes.Status409Conflict);

    /// <summary>For the description: while the first request still runs, the refusal says when to ask again.</summary>
    public static readonly ResponseHeader Wait = new("Retry-After", StatusCodes.Status409Conflict);

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
            throw new ApiException(IdempotencyProblems.Invalid());
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

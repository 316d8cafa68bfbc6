using System.Net;
using System.Net.Sockets;
using Zweizeiler.Gateway.Keys;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Gateway.Limits;

/// <summary>Section <c>RateLimits</c>.</summary>
public sealed record RateLimitOptions
{
    /// <summary>Requests of one API key.</summary>
    public BucketOptions Key { get; init; } = new() { PerSecond = 100, Burst = 200 };

    /// <summary>Requests without a valid key from one address.</summary>
    public BucketOptions Address { get; init; } = new() { PerSecond = 1, Burst = 30 };
}

/// <summary>
/// Who may go on now: by key for those who have one, by address for those who have none that opens. Each gateway counts for itself.
/// </summary>
internal sealed class RateLimits : IDisposable
{
    /// <summary>
    /// Addresses share so many buckets: an attacker has more addresses than this process has memory. Which share one differs from process to process.
    /// </summary>
    public const int AddressBuckets = 16_384;

    private readonly Quota<Guid> _keys;
    private readonly Quota<int> _addresses;

    public RateLimits(IConfiguration configuration)
    {
        var options = configuration.GetSection("RateLimits").Get<RateLimitOptions>() ?? new RateLimitOptions();
        _keys = new Quota<Guid>("key", options.Key);
        _addresses = new Quota<int>("address", options.Address);
    }

    /// <summary>Tells each answer of the API how much is left, whichever way it comes about.</summary>
    public Task DescribeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/v1"))
        {
            context.Response.OnStarting(static state =>
            {
                var (limits, http) = ((RateLimits, HttpContext))state;
                limits.Describe(http);
                return Task.CompletedTask;
            }, (this, context));
        }

        return next(context);
    }

    /// <summary>Lets a key's requests through at its pace; comes after the authentication.</summary>
    public Task RunAsync(HttpContext context, RequestDelegate next) =>
        ApiKeyAuthentication.CallerOf(context) is { } caller && !_keys.TryTake(caller.KeyId)
            ? Refusal(_keys.Name, _keys.SecondsToNext).ExecuteAsync(context)
            : next(context);

    /// <summary>Whether one more key that may open nothing is looked up for this address.</summary>
    public bool MayTry(HttpContext context) => _addresses.HasAny(BucketOf(context.Connection.RemoteIpAddress));

    /// <summary>Notes a request without a valid key; false if there were too many.</summary>
    public bool NoteStranger(HttpContext context) => _addresses.TryTake(BucketOf(context.Connection.RemoteIpAddress));

    public ApiProblem StrangerRefusal() => Refusal(_addresses.Name, _addresses.SecondsToNext);

    public void Dispose()
    {
        _keys.Dispose();
        _addresses.Dispose();
    }

    /// <summary>Whoever has an IPv6 address has the other 2^64 of its network too.</summary>
    internal static int BucketOf(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        var hash = new HashCode();
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        if (address is not null && address.TryWriteBytes(bytes, out var length))
        {
            hash.AddBytes(bytes[..(address.AddressFamily == AddressFamily.InterNetworkV6 ? 8 : length)]);
        }

        return (int)((uint)hash.ToHashCode() % AddressBuckets);
    }

    private void Describe(HttpContext http)
    {
        if (ApiKeyAuthentication.CallerOf(http) is { } caller)
        {
            _keys.Describe(caller.KeyId, http.Response.Headers);
        }
        else
        {
            _addresses.Describe(BucketOf(http.Connection.RemoteIpAddress), http.Response.Headers);
        }
    }

    private static ApiProblem Refusal(string policy, int seconds) => CommonProblems.ForStatus(StatusCodes.Status429TooManyRequests) with
    {
        RetryAfterSeconds = seconds,
        // The draft's own name for it.
        Extensions = new Dictionary<string, object?> { ["violated-policies"] = new[] { policy } },
    };
}

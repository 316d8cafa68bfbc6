using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Zweizeiler.Gateway.Limits;

/// <summary>What one connection may ask of this process before anything is known about it.</summary>
internal static class ConnectionLimits
{
    /// <summary>A browser sends about 20.</summary>
    public const int HeaderCount = 64;

    public const int HeaderBytes = 32 * 1024;

    /// <summary>Method, URL and version; a cursor and every filter of a list need a few hundred.</summary>
    public const int RequestLineBytes = 8 * 1024;

    public const int DrainedBytes = 32 * BodyLimit.Bytes;

    public const int StreamsPerConnection = 100;

    public static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan IdleConnectionsEndAfter = TimeSpan.FromMinutes(2);

    public static void Apply(KestrelServerOptions kestrel)
    {
        var limits = kestrel.Limits;
        limits.MaxRequestHeaderCount = HeaderCount;
        limits.MaxRequestHeadersTotalSize = HeaderBytes;
        limits.MaxRequestLineSize = RequestLineBytes;
        limits.Http2.MaxStreamsPerConnection = StreamsPerConnection;
        limits.Http2.MaxRequestHeaderFieldSize = HeaderBytes;
        limits.RequestHeadersTimeout = HeadersWithin;
        limits.KeepAliveTimeout = IdleConnectionsEndAfter;
        // Bodies have a limit of their own with an answer of ours (BodyLimit). This one bounds what is read of a refused body so that its sender gets to
        // read that answer.
        limits.MaxRequestBodySize = DrainedBytes;
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }
}

using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Zweizeiler.Marketplace.Portal;

/// <summary>
/// Style sheet, scripts and icon, carried in the assembly: they are there wherever it is started from. Their path has a hash of all of them in it, so
/// that browsers keep them for good and scripts import one another of the same release.
/// </summary>
public sealed class PortalAssets
{
    private const string Prefix = "portal-assets/";

    private readonly Dictionary<string, Asset> _assets = new(StringComparer.Ordinal);

    public PortalAssets()
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            hash.AppendData(bytes);
            _assets.Add(name[Prefix.Length..], new Asset(TypeOf(name), bytes, Compress(bytes)));
        }

        Version = Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    public string Version { get; }

    public string Url(string name) =>
        _assets.ContainsKey(name) ? $"/portal/assets/{Version}/{name}" : throw new ArgumentException($"There is no asset '{name}'.", nameof(name));

    public void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/portal/assets/{version}/{name}", (string version, string name, HttpContext http) => Serve(version, name, http)).AllowAnonymous();

    private IResult Serve(string version, string name, HttpContext http)
    {
        if (!_assets.TryGetValue(name, out var asset))
        {
            return Results.NotFound();
        }

        // While a release is rolled out a page of the other one may ask here; it gets what there is, but must not keep it.
        http.Response.Headers.CacheControl = version == Version ? "public, max-age=31536000, immutable" : "no-store";
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (!http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
        {
            return Results.Bytes(asset.Bytes, asset.ContentType);
        }

        http.Response.Headers.ContentEncoding = "br";
        return Results.Bytes(asset.Brotli, asset.ContentType);
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var brotli = new BrotliStream(output, CompressionLevel.SmallestSize))
        {
            brotli.Write(bytes);
        }

        return output.ToArray();
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"No content type is known for '{other}'."),
    };

    private sealed record Asset(string ContentType, byte[] Bytes, byte[] Brotli);
}

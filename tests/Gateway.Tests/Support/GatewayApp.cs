using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.Testing;

namespace Zweizeiler.Gateway.Tests.Support;

/// <summary>The gateway as it runs, on a real port, before fake services; Orders resolves the keys that a test makes.</summary>
public sealed class GatewayApp : IAsyncDisposable
{
    private readonly WebApplicationFactory<Program> _factory;
    private readonly Dictionary<string, FakeService> _services;

    private GatewayApp(WebApplicationFactory<Program> factory, Dictionary<string, FakeService> services, KeyTable keys)
    {
        (_factory, _services, Keys) = (factory, services, keys);
        var address = factory.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>()
            .Features.Get<Microsoft.AspNetCore.Hosting.Server.Features.IServerAddressesFeature>()!.Addresses.Single();
        Url = new Uri(address);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Url };
    }

    public Uri Url { get; }

    public HttpClient Client { get; }

    public KeyTable Keys { get; }

    public IServiceProvider Services => _factory.Services;

    public FakeService this[string service] => _services[service];

    /// <param name="servers">Gives the broker.</param>
    /// <param name="more">Services of the test's own, or further replicas: name to addresses.</param>
    /// <param name="broker">A broker of the test's own.</param>
    /// <param name="settings">Settings of the test's own.</param>
    public static async Task<GatewayApp> StartAsync(
        TestServers servers,
        IReadOnlyDictionary<string, string[]>? more = null,
        Uri? broker = null,
        IReadOnlyDictionary<string, string>? settings = null)
    {
        var keys = new KeyTable();
        var services = new Dictionary<string, FakeService>
        {
            ["orders"] = await FakeService.StartAsync("orders", keys.AnswerAsync),
            ["billing"] = await FakeService.StartAsync("billing"),
            ["marketplace"] = await FakeService.StartAsync("marketplace"),
            ["notifications"] = await FakeService.StartAsync("notifications"),
        };
        broker ??= await servers.CreateVirtualHostAsync();
        var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseUrls("http://127.0.0.1:0");
            host.UseSetting("ConnectionStrings:messaging", broker.ToString());
            host.UseSetting("Identity:SigningKey", KeyTable.Secret);
            host.UseSetting("Texts:MasterKey", KeyTable.Secret);
            // All tests come from one address, most of them with one key.
            foreach (var bucket in new[] { "Key", "Address" })
            {
                host.UseSetting($"RateLimits:{bucket}:PerSecond", "100000");
                host.UseSetting($"RateLimits:{bucket}:Burst", "100000");
            }

            foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            {
                host.UseSetting(name, value);
            }

            foreach (var (name, service) in services)
            {
                var addresses = more?.GetValueOrDefault(name) ?? [service.Url];
                for (var i = 0; i < addresses.Length; i++)
                {
                    host.UseSetting($"services:{name}:http:{i}", addresses[i]);
                }
            }
        });
        factory.UseKestrel(0);
        factory.StartServer();
        return new GatewayApp(factory, services, keys);
    }

    public static HttpRequestMessage Request(string method, string path, string? key = KeyTable.Good, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return request;
    }

    public Task<HttpResponseMessage> SendAsync(string method, string path, string? key = KeyTable.Good, HttpContent? content = null) =>
        Client.SendAsync(Request(method, path, key, content));

    /// <summary>Sends a head as it is, where HttpClient would tidy it up, and returns the whole answer.</summary>
    public async Task<string> RawAsync(string method, string path, params IEnumerable<string> headers)
    {
        using var tcp = new System.Net.Sockets.TcpClient();
        await tcp.ConnectAsync(Url.Host, Url.Port);
        await using var stream = tcp.GetStream();
        var head = string.Concat(headers.Prepend($"Authorization: Bearer {KeyTable.Good}").Prepend("Host: x").Select(h => $"{h}\r\n"));
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\n{head}\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Tells the gateway to stop, as SIGTERM does; ends when it has.</summary>
    public async Task StopAsync()
    {
        var lifetime = Services.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>();
        var stopped = new TaskCompletionSource();
        lifetime.ApplicationStopped.Register(() => stopped.TrySetResult());
        lifetime.StopApplication();
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _factory.DisposeAsync();
        foreach (var service in _services.Values)
        {
            await service.DisposeAsync();
        }
    }
}

/// <summary>What Orders knows of keys, in a test.</summary>
public sealed class KeyTable
{
    public const string Secret = "for tests only, and longer than thirty-two characters";
    public const string Good = "zz_live_goodgoodgoodgood";

    public static readonly Guid Merchant = Guid.Parse("01932f2c-9a7e-7c3d-8e21-0123456789ab");
    public static readonly Guid Key = Guid.Parse("01932f2c-9a7e-7c3d-8e21-0123456789ac");

    private static readonly JsonWebTokenHandler Handler = new();
    private readonly ConcurrentDictionary<string, Guid> _hashes = new();
    private int _asked;

    public KeyTable() => Add(Good);

    public int Asked => _asked;

    public void Add(string key, Guid? id = null) => _hashes[Hash(key)] = id ?? Key;

    public void Remove(string key) => _hashes.TryRemove(Hash(key), out _);

    public async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path != "/internal/api-keys/resolve")
        {
            context.Response.Headers.Server = "secret/1.0";
            await context.Response.WriteAsync("orders");
            return;
        }

        Interlocked.Increment(ref _asked);
        var token = Handler.ReadJsonWebToken(context.Request.Headers.Authorization.ToString()["Bearer ".Length..]);
        token.Audiences.ShouldBe(["orders"]);
        token.GetClaim("scope").Value.ShouldBe(Scope.Internal);
        var hash = LastHash(context);
        if (!_hashes.TryGetValue(hash, out var id))
        {
            context.Response.StatusCode = 404;
            return;
        }

        await context.Response.WriteAsJsonAsync(new { keyId = id, merchantId = Merchant, mode = "live", scopes = Scope.All, expiresAt = (DateTimeOffset?)null });
    }

    // The body was read by the fake service already.
    private static string LastHash(HttpContext context) =>
        JsonDocument.Parse((string)context.Items["body"]!).RootElement.GetProperty("hash").GetString()!;

    private static string Hash(string key) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));
}
